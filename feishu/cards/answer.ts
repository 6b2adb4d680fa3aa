import type { Localized } from '../brands';
import type { CardV2 } from './model';

/** What a click is answered with, within three seconds. `{}` changes nothing on the screen. */
export interface ClickAnswer {
  readonly toast?: object;
  readonly card?: object;
}

/** A short message on the clicker's screen, and a new card in place of the clicked one if given. */
export function clickAnswer(
  kind: 'info' | 'success' | 'error' | 'warning',
  text: Localized,
  card?: CardV2,
): ClickAnswer {
  return {
    toast: { type: kind, content: text.en, i18n: { zh_cn: text.zh, en_us: text.en } },
    ...(card === undefined ? {} : { card: { type: 'raw', data: card } }),
  };
}
