/** Lines that can be filled in, taken out and added. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex } from 'antd';
import type { ReactNode } from 'react';

export interface RowsEdited<Row> {
  rows: Row[];
  readOnly: boolean;
  onChange: (rows: Row[]) => void;
}

export function Rows<Row>({
  rows,
  readOnly,
  onChange,
  said,
  empty,
  children,
}: RowsEdited<Row> & {
  said: { row: string; add: string; remove: string };
  /** What is added. */
  empty: Row;
  /** The fields of one row; `put` changes some of it. */
  children: (row: Row, put: (changes: Partial<Row>) => void) => ReactNode;
}): ReactNode {
  return (
    <Flex vertical gap="small">
      {rows.map((row, index) => (
        <Flex key={index} gap="small" wrap role="group" aria-label={said.row}>
          {children(row, (changes) => onChange(rows.with(index, { ...row, ...changes })))}
          {!readOnly && (
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={said.remove}
              onClick={() => onChange(rows.toSpliced(index, 1))}
            />
          )}
        </Flex>
      ))}
      {rows.length === 0 && readOnly && '–'}
      {!readOnly && (
        <div>
          <Button size="small" icon={<PlusOutlined />} onClick={() => onChange([...rows, empty])}>
            {said.add}
          </Button>
        </div>
      )}
    </Flex>
  );
}
