/** What an item of the checklist, or a fact of our own that proves a step, is called. */
import { useTranslation } from 'react-i18next';
import { PERMISSION } from './shapes';

/** Facts that are not on the checklist; `own:agent-bound`. */
const OWN = 'own:';

/** Permissions by their scope key; whatever has no name here by its id. */
export function useItemName(): (itemId: string) => string {
  const { t } = useTranslation('setup');
  return (itemId) => {
    if (itemId.startsWith(PERMISSION)) return `${t('item.permission')} ${itemId.slice(PERMISSION.length)}`;
    const key = itemId.startsWith(OWN) ? itemId.slice(OWN.length) : itemId;
    return t(`item.${key as 'bot'}`, { defaultValue: itemId });
  };
}

/** Several at once; permissions by their number. */
export function useItemNames(): (itemIds: readonly string[]) => string {
  const { t } = useTranslation('setup');
  const nameOf = useItemName();
  return (itemIds) => {
    const others = itemIds.filter((id) => !id.startsWith(PERMISSION));
    const number = itemIds.length - others.length;
    return [...others.map(nameOf), ...(number > 0 ? [t('item.permissions', { number })] : [])].join(', ');
  };
}
