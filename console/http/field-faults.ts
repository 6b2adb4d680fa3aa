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

/** For `onValuesChange`: what was said of a field held for what stood there before. */
export const forgetFaults =
  (form: FormInstance) =>
  (changed: object): void =>
    form.setFields(pathsOf(changed).map((name) => ({ name, errors: [] })));

const pathsOf = (changed: object): string[][] =>
  Object.entries(changed).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? pathsOf(value).map((rest) => [name, ...rest])
      : [[name]],
  );
