/** The texts of the message calls, word for word from the official table where it was at hand. */
export const MESSAGE_TEXTS = {
  230001: 'Your request contains an invalid request parameter.',
  230002: 'The bot can not be outside the group.',
  230006: 'Bot ability is not activated.',
  // unverified: the wordings of 230009, 230011, 230012, 230023, 230024, 230026, 230031, 230033, 230050, 230110, 230036,
  // 230055, 230075 and 300xxx.
  230009: 'The operation is over the time limit.',
  230011: 'The message was recalled.',
  230012: 'Bot is NOT the sender of the message.',
  230013: 'Bot has NO availability to this user.',
  230015: 'P2P chat can NOT be shared.',
  230017: 'Bot is NOT the owner of the resource.',
  230018: 'These operations are NOT allowed at current group settings.',
  230019: 'The topic does NOT exist.',
  230020: 'This operation triggers the frequency limit.',
  230022: 'The content of the message contains sensitive information.',
  230023: 'The user has too many unread urgent messages.',
  230024: 'The quota of urgent messages is used up.',
  230025: 'The length of the message content reaches its limit.',
  230026: 'No permission to recall this message.',
  230027: 'Lack of necessary permissions.',
  230028: 'The messages do NOT pass the audit.',
  230029: 'User has resigned.',
  230031: 'The message is too old to be updated.',
  230033: 'The message is too old to read its readers.',
  230034: 'The receive_id is invalid.',
  230035: 'Send Message Permission deny.',
  230036: 'The tenant crypt key has been deleted.',
  230038: 'Cross tenant p2p chat operate forbid.',
  230049: 'The message is being sent.',
  230050: 'The message is invisible to the operator.',
  230053: 'The user has stopped the bot from sending messages.',
  230054: 'This operation is unavailable for this type of message.',
  230055: 'The type of the file does not match.',
  230075: 'Encrypted messages are not supported.',
  230110: 'The message has been deleted.',
  232009: 'Your request specifies a chat which has already been dissolved.',
} as const;

export type MessageCode = keyof typeof MESSAGE_TEXTS;

/** Why a card was refused: the sub-codes inside the text of 230099. */
export const CARD_TEXTS: Readonly<Record<number, string>> = {
  100290: 'There is an invalid user resource(at/person) in your card',
  11310: 'element exceeds the limit',
  200380: 'template does not exist, please confirm whether this template has been released',
  200381: 'template is not visible to app',
  200550: 'chart spec is invalid',
  200570: 'card contains invalid image keys',
  200621: 'parse card json err, please check whether the card json is correct',
  200732: 'template variable type is wrong',
  200737: 'template variable format is wrong',
  200830: 'schema of the card can not change',
  200861: 'cards of schema V2 no longer support this capability',
  200914: 'table rows is invalid',
  200915: 'table rows do not match the columns',
};

export const INVALID_TOKEN =
  'Invalid access token for authorization. Please make a request with token attached';
