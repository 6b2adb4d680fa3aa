import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODES, DEAD_TOKEN_CODES, ERROR_CLASSES, classify } from '../../feishu';
import type { ErrorClass, RetryAdvice } from '../../feishu';

const DOCUMENT = readFileSync(join(__dirname, '../../docs/failures-feishu.md'), 'utf8');

/** Cells of every table row whose first cell fits. */
function rows(first: RegExp): string[][] {
  return DOCUMENT.split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter((cells) => first.test(cells[0] ?? ''));
}

describe('the catalogue of platform codes', () => {
  it('is the same in the documentation, row by row', () => {
    const documented = rows(/^\d+$/);
    const expected = [...CODES.values()]
      .sort((a, b) => a.code - b.code)
      .map(({ code, errorClass, retry, meaning }) => [String(code), errorClass, retry, meaning.en]);
    expect(documented).toEqual(expected);
  });

  it('documents every class with its retry advice and next step', () => {
    const documented = rows(/^`[a-z-]+`$/);
    const expected = Object.entries(ERROR_CLASSES).map(([name, { retry, meaning, nextStep }]) => [
      `\`${name}\``,
      retry,
      meaning.en,
      nextStep.en,
    ]);
    expect(documented).toEqual(expected);
  });

  it('says everything in both languages', () => {
    for (const { meaning, nextStep } of CODES.values())
      for (const text of [meaning.en, meaning.zh, nextStep.en, nextStep.zh]) expect(text).toMatch(/\S/);
    for (const { meaning } of CODES.values()) expect(meaning.zh).toMatch(/\p{Script=Han}/u);
  });

  it.each<[ErrorClass, RetryAdvice, number[]]>([
    ['token', 'normal', [99991661, 99991663, 99991664, 99991668, 99991671, 99991677]],
    ['scope', 'never', [99991672, 99991676, 99991679, 230027, 20027]],
    ['contact-range', 'never', [40004, 40014, 41050]],
    ['availability', 'never', [230013]],
    ['app-state', 'never', [99991662, 99991673, 10014, 10015, 99991543, 212100, 230006]],
    ['network-policy', 'never', [99991401]],
    ['rate', 'after', [99991400, 230020]],
    ['server', 'normal', [2200, 1500, 1663, 5000, 10101, 55001]],
    ['in-flight', 'after', [230049]],
    ['parameters', 'never', [99992402, 99992351, 99992361, 99992364, 230001, 230034, 41012, 40001, 40003]],
    ['content', 'never', [230022, 230025, 230028, 230099]],
    ['person-gone', 'never', [230029, 230053]],
    ['wrong-url', 'never', [99991201, 99991301, 9499]],
  ])('treats the codes of class %s alike: retry %s', (errorClass, retry, codes) => {
    for (const code of codes) expect(CODES.get(code)).toMatchObject({ errorClass, retry });
  });

  it('goes by the code, and by the HTTP status only for codes it does not know', () => {
    expect(classify(230013, 500).errorClass).toBe('availability');
    expect(classify(99991400, 400).errorClass).toBe('rate');
    expect(classify(424242, 200)).toMatchObject({ errorClass: 'unknown', retry: 'never' });
    expect(classify(424242, 429)).toMatchObject({ errorClass: 'rate', retry: 'after' });
    expect(classify(424242, 503)).toMatchObject({ errorClass: 'server', retry: 'normal' });
    expect(classify(undefined)).toMatchObject({ errorClass: 'unknown' });
  });

  it('asks for a new token only where a new token can help', () => {
    for (const code of DEAD_TOKEN_CODES) expect(CODES.get(code)?.errorClass).toBe('token');
  });
});
