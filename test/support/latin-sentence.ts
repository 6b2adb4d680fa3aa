/** Three Latin words in a row; names such as "App ID" or "App Secret" are shorter. */
export const LATIN_SENTENCE = /[A-Za-z']+,? [A-Za-z']+,? [A-Za-z']+/;
