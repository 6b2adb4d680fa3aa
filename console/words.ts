/** Every page's words, by language and page. A sentence that is not there does not compile. */
import { words as audit } from './audit/words';
import { words as bindings } from './bindings/words';
import { words as deliveries } from './deliveries/words';
import { words as directory } from './directory/words';
import { words as dockings } from './dockings/words';
import { words as layout } from './layout/words';
import { words as reminders } from './reminders/words';
import { words as session } from './session/words';
import { words as settings } from './setup/settings-words';
import { words as setup } from './setup/words';

const en = {
  audit: audit.en,
  bindings: bindings.en,
  console: layout.en,
  deliveries: deliveries.en,
  directory: directory.en,
  dockings: dockings.en,
  reminders: reminders.en,
  session: session.en,
  settings: settings.en,
  setup: setup.en,
};

const zh: Record<keyof typeof en, object> = {
  audit: audit.zh,
  bindings: bindings.zh,
  console: layout.zh,
  deliveries: deliveries.zh,
  directory: directory.zh,
  dockings: dockings.zh,
  reminders: reminders.zh,
  session: session.zh,
  settings: settings.zh,
  setup: setup.zh,
};

export const WORDS = { en, zh };

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'console';
    resources: typeof en;
  }
}
