import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { REASONS } from '../intake';
import { EVENT_TYPES } from '../tickets';
import { SEARCH_ATTRIBUTES } from '../workflows/names';

const ROOT = join(__dirname, '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(join(ROOT, path)).isDirectory()) return sources(path);
    return name.endsWith('.ts') ? [read(path)] : [];
  });
}

/** Codes are `Subject.Problem`; every one that the code can say stands in quotes somewhere. */
function codesInCode(): Set<string> {
  const subjects =
    'Request|Event|Auth|Push|FeishuEvent|Route|Resource|Run|Docking|Credentials|Binding|Reminders|Delivery|Onboarding|AppRegistration|Repair|Handover|Alert|Directory|SignIn';
  const pattern = new RegExp(`'((?:${subjects})\\.[A-Z][A-Za-z]+)'`, 'g');
  const texts = ['api', 'activities', 'workflows'].flatMap(sources);
  return new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, code]) => code ?? '')));
}

describe('the catalogues', () => {
  const failures = read('docs/failures.md');

  it('document every failure code that the code can answer with, and no other', () => {
    const documented = new Set(
      [...failures.matchAll(/^\| `([A-Z]\w+\.\w+)`/gm)].map(([, code]) => code ?? ''),
    );
    expect([...documented].sort()).toEqual([...codesInCode()].sort());
  });

  it('document every reason why somebody got no card, and no other', () => {
    const section = failures.slice(failures.indexOf('## Why somebody got no card'));
    const documented = [...section.matchAll(/^\| `([a-z-]+)`/gm)].map(([, reason]) => reason);
    expect([...documented].sort()).toEqual(Object.keys(REASONS).sort());
  });

  it('name the search attributes that operators must register', () => {
    const operating = read('docs/operating.md');
    for (const { name } of Object.values(SEARCH_ATTRIBUTES)) expect(operating).toContain(`\`${name}\``);
  });

  it('give every event type a headline for its card in both languages', () => {
    const titles = read('intake/event-titles.ts');
    for (const type of EVENT_TYPES)
      expect(titles).toMatch(new RegExp(`'${type}': \\{ en: '.+', zh: '.+' \\}`));
  });
});
