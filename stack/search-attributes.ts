/** The search attributes that must exist on a server before the first workflow starts. */
import type { Connection } from '@temporalio/client';

/** Name → type, as the `temporal` CLI spells both. */
export type SearchAttributes = Record<string, 'Keyword' | 'Datetime' | 'Bool' | 'Int' | 'Text'>;

export const SEARCH_ATTRIBUTES: SearchAttributes = {
  DockingId: 'Keyword',
  DockingState: 'Keyword',
  TicketState: 'Keyword',
  WaitingFor: 'Keyword',
  WaitingSince: 'Datetime',
  NextCheckAt: 'Datetime',
  Attention: 'Bool',
};

/** Values of the API's IndexedValueType. */
const TYPE_NUMBERS = { Text: 1, Keyword: 2, Int: 3, Bool: 5, Datetime: 6 } as const;

/** gRPC's number for "this server has no such method", which is what the time-skipping server says to a list. */
const UNIMPLEMENTED = 12;

/** Adds what is absent. Throws where that is not allowed, as on Temporal Cloud. */
export async function registerSearchAttributes(
  { operatorService }: Connection,
  namespace: string,
  wanted: SearchAttributes = SEARCH_ATTRIBUTES,
): Promise<void> {
  const listed = await operatorService.listSearchAttributes({ namespace }).catch((error: unknown) => {
    if ((error as { code?: number }).code === UNIMPLEMENTED) return { customAttributes: {} };
    throw error;
  });
  const absent = Object.entries(wanted).filter(([name]) => !(name in listed.customAttributes));
  if (absent.length === 0) return;
  await operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(absent.map(([name, type]) => [name, TYPE_NUMBERS[type]])),
  });
}
