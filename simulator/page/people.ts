import type { Person } from '../world/types';
import type { World } from '../world/world';
import { escapeHtml } from './html';

const MAX_SHOWN = 60;

/** People of one company (or of all) whose name, English name or userId contains `search`; who left is not shown. */
export function searchPeople(world: World, search: string, tenantKey?: string): Person[] {
  const found: Person[] = [];
  const wanted = search.trim().toLowerCase();
  for (const tenant of world.tenants.values()) {
    if (tenantKey !== undefined && tenant.tenantKey !== tenantKey) continue;
    for (const person of tenant.directory.people.values()) {
      if (person.status === 'resigned') continue;
      const text = `${person.name}\n${person.enName}\n${person.userId}`.toLowerCase();
      if (!text.includes(wanted)) continue;
      found.push(person);
      if (found.length === MAX_SHOWN) return found;
    }
  }
  return found;
}

/** A list of people as links; `href` answers where each one leads. */
export function peopleList(people: readonly Person[], href: (person: Person) => string): string {
  if (people.length === 0) return '<p class="empty">Nobody found.</p>';
  const rows = people.map(
    (person) =>
      `<li><a class="person" href="${escapeHtml(href(person))}">${avatar(person.name || person.userId)}` +
      `<span class="person-text"><span><b>${escapeHtml(person.name)}</b>${also(person)}</span>` +
      `<span class="quiet small">${escapeHtml([person.jobTitle, person.userId].filter(Boolean).join(' · '))}</span></span></a></li>`,
  );
  const more =
    people.length < MAX_SHOWN ? '' : `<p class="quiet small">The first ${MAX_SHOWN}; search for others.</p>`;
  return `<ul class="people">${rows.join('')}</ul>${more}`;
}

function also(person: Person): string {
  return person.enName === person.name ? '' : ` <span class="quiet">${escapeHtml(person.enName)}</span>`;
}

/** A round picture with the first letter of a name, its colour always the same for the name. */
export function avatar(name: string, kind: 'person' | 'bot' = 'person'): string {
  let hue = 0;
  for (const character of name) hue = (hue * 31 + (character.codePointAt(0) ?? 0)) % 360;
  const letter = [...name.trim()][0] ?? '?';
  const style = kind === 'bot' ? '' : ` style="background:hsl(${hue} 55% 52%)"`;
  return `<span class="avatar ${kind}"${style} aria-hidden="true">${escapeHtml(letter.toUpperCase())}</span>`;
}
