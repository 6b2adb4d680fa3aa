import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CALENDAR_WINDOWS,
  FACTS,
  FAULTS,
  LIMITS,
  OPEN_FACTS,
  OPERATORS,
  readyMadeRules,
  RECEIVER_ROLES,
  TIMING_SETTINGS,
  TRIGGERS,
} from '../../rules';

const FILE = join(__dirname, '../../docs/rules.md');

const cell = (text: string): string => text.replaceAll('|', '\\|');
const row = (...cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: string[], rows: string[][]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');
const code = (text: string): string => `\`${text}\``;

/** The parts of the page that are the catalogue in words. */
const PARTS: Record<string, string> = {
  triggers: TRIGGERS.map(code).join(' · '),
  facts: table(
    ['fact', 'type', 'meaning', '含义'],
    FACTS.map(({ name, type, label, values }) => [
      code(name),
      values && name !== 'event.type' ? `${type}: ${values.join(', ')}` : type,
      label.en,
      label.zh,
    ]),
  ),
  'open-facts': table(
    ['fact', 'type', 'meaning'],
    OPEN_FACTS.map(({ pattern, type, describe }) => [code(pattern), type, describe]),
  ),
  operators: table(
    ['operator', 'on facts of type', 'value', 'true when'],
    OPERATORS.map(({ name, facts, wants, describe }) => [code(name), facts.join(', '), wants, describe]),
  ),
  windows: CALENDAR_WINDOWS.map(code).join(' · '),
  roles: RECEIVER_ROLES.map(code).join(' · '),
  timing: table(
    ['setting', 'meaning'],
    TIMING_SETTINGS.map(({ name, describe }) => [code(name), describe]),
  ),
  limits: table(
    ['what', 'at most'],
    Object.entries(LIMITS).map(([what, most]) => [code(what), String(most)]),
  ),
  faults: table(
    ['code', 'meaning'],
    Object.entries(FAULTS).map(([name, meaning]) => [code(name), meaning]),
  ),
  'ready-made': table(
    ['id', 'name', '名称', 'listens to', 'tells'],
    readyMadeRules('en').map((rule, index) => [
      code(rule.id),
      rule.name,
      readyMadeRules('zh')[index]?.name ?? '',
      rule.triggers.map(code).join(', '),
      rule.receivers.map(({ role }) => role).join(', '),
    ]),
  ),
};

/** Layout of tables is the formatter's business. */
const plain = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/-{3,}/g, '---').replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');

const between = (page: string, part: string): string =>
  new RegExp(`<!-- ${part} -->([\\s\\S]*?)<!-- /${part} -->`).exec(page)?.[1] ?? '';

describe('docs/rules.md', () => {
  // UPDATE_DOCS=1 writes the catalogue into the page, after which the formatter lays it out.
  if (process.env['UPDATE_DOCS']) {
    const page = Object.entries(PARTS).reduce(
      (text, [part, content]) =>
        text.replace(
          new RegExp(`(<!-- ${part} -->)[\\s\\S]*?(<!-- /${part} -->)`),
          (_all, open: string, close: string) => `${open}\n\n${content}\n\n${close}`,
        ),
      readFileSync(FILE, 'utf8'),
    );
    writeFileSync(FILE, page);
  }
  const page = readFileSync(FILE, 'utf8');

  it.each(Object.keys(PARTS))('says what the catalogue says about %s', (part) => {
    expect(plain(between(page, part))).toBe(plain(PARTS[part] ?? ''));
  });
});
