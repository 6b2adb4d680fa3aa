/** One labelled input of the editor, with what the API said of its place. */
import { Form } from 'antd';
import type { ReactNode } from 'react';
import { useEditing } from './editing';
import { faultsUnder, faultText } from './faults';

export interface FieldProps {
  label: string;
  /** JSON pointer inside the rule. */
  pointer: string;
  /** Id of the input that the label belongs to. */
  of?: string;
  hint?: string;
  children: ReactNode;
}

export function Field({ label, pointer, of, hint, children }: FieldProps): ReactNode {
  const { faults } = useEditing();
  const own = faultsUnder(faults, pointer);
  return (
    <Form.Item
      layout="vertical"
      label={label}
      style={{ marginBottom: 12 }}
      {...(of ? { htmlFor: of } : {})}
      {...(hint ? { extra: hint } : {})}
      {...(own.length > 0 ? { validateStatus: 'error' as const, help: faultText(own) } : {})}
    >
      {children}
    </Form.Item>
  );
}
