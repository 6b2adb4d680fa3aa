import { TicketSystemError, type TicketSystemErrorCode, type TicketSystemErrorDetails } from '../failure';

type Meaning = Pick<TicketSystemErrorDetails, 'code' | 'retryClass' | 'nextStep'>;

const meaning = (
  code: TicketSystemErrorCode,
  retryClass: Meaning['retryClass'],
  nextStep: string,
): Meaning => ({ code, retryClass, nextStep });

const TOKEN = meaning('token-refused', 'normal', 'The token is fetched anew by itself.');
const INTERNAL = meaning('internal', 'normal', 'Sobot failed inside; the call is repeated by itself.');

/** `ret_code`s of the Sobot open API ("工单 API") that need an answer of their own. */
const MEANINGS: Record<string, Meaning> = {
  '700046': meaning(
    'edition-without-api',
    'never',
    'This Sobot edition has no API: ask Sobot for an edition that has.',
  ),
  '900001': TOKEN,
  '900002': TOKEN,
  '900003': meaning(
    'credentials-refused',
    'never',
    'Check the app_key of the docking, and that the clock of this machine is right.',
  ),
  '900004': meaning(
    'credentials-refused',
    'never',
    'Sobot does not know this appid: check it and the region of the address.',
  ),
  '999999': INTERNAL,
  '400014': INTERNAL,
  '400007': meaning(
    'invalid',
    'never',
    'This agent does not exist in Sobot any more: bind the employee anew.',
  ),
  '400013': meaning(
    'invalid',
    'never',
    'The agent is not a member of the group: choose another agent or group.',
  ),
  '400016': meaning('stale', 'normal', 'The ticket changed meanwhile: look again, then repeat.'),
  '400020': meaning('not-found', 'never', 'The ticket does not exist any more.'),
  '400258': meaning('ticket-closed', 'never', 'The ticket is closed and takes no changes.'),
};

const OTHER = meaning(
  'invalid',
  'never',
  'Sobot refuses this call: look its code up in the Sobot documentation.',
);

/** The typed error of a `ret_code`. The text of `ret_msg` stays out: it may repeat personal data. */
export function sobotFailure(call: string, retCode: string): TicketSystemError {
  return new TicketSystemError(`${call}: Sobot answered ${retCode}`, {
    ...(MEANINGS[retCode] ?? OTHER),
    platformCode: retCode,
  });
}

/** Whether a person has to set something right before any call can succeed. */
export function isConfiguration(retCode: string | undefined): retCode is string {
  const { code } = MEANINGS[retCode ?? ''] ?? OTHER;
  return code === 'credentials-refused' || code === 'edition-without-api';
}

/** Whether nobody can tell if a write took effect. */
export function outcomeUnknown(error: unknown): boolean {
  return (
    error instanceof TicketSystemError &&
    ['timeout', 'unreachable', 'internal', 'malformed-answer'].includes(error.code)
  );
}
