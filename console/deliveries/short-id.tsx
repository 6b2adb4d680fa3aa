/** A long id: its beginning, the whole of it to copy. */
import { Typography } from 'antd';
import type { ReactNode } from 'react';

const SHOWN = 14;

export function ShortId({ id }: { id: string | null | undefined }): ReactNode {
  if (!id) return '–';
  return (
    // Copying is not asking for what lies behind the row.
    <span onClick={(click) => click.stopPropagation()}>
      <Typography.Text copyable={{ text: id }} code title={id} style={{ whiteSpace: 'nowrap' }}>
        {id.length > SHOWN ? `${id.slice(0, SHOWN)}…` : id}
      </Typography.Text>
    </span>
  );
}
