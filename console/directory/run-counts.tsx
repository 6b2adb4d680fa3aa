/** What a run would change, in one line. */
import type { TFunction } from 'i18next';
import type { Format } from '../format';
import { CHANGE_KINDS, type SyncRun } from './shapes';

export const countsText = ({ counts }: SyncRun, t: TFunction<'directory'>, format: Format): string => {
  const parts = CHANGE_KINDS.filter((kind) => counts[kind] > 0).map(
    (kind) => `${t(`kind.${kind}`)} ${format.number(counts[kind])}`,
  );
  return parts.length > 0 ? parts.join(' · ') : t('nothing');
};
