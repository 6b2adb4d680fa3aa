/** A refusal names fields by path, `ticketSystem.baseUrl`; here it reaches the fields of a form. */
import type { FormInstance } from 'antd';
import type { ApiProblem } from './request';

/** True when every fault found its field; the others are still to be told. */
export function showAtFields(form: FormInstance, { errors }: ApiProblem): boolean {
  const fields = new Map(form.getFieldsError().map(({ name }) => [name.join('.'), name]));
  const placed = errors.flatMap(({ field, message }) => {
    const name = fields.get(field);
    return name ? [{ name, errors: [message] }] : [];
  });
  form.setFields(placed);
  if (placed[0]) form.scrollToField(placed[0].name, { block: 'center', focus: true });
  return errors.length > 0 && placed.length === errors.length;
}
