/** Two addresses, one below the other, with every character to be seen in which they differ. */
import { theme, Typography } from 'antd';
import type { CSSProperties, ReactNode } from 'react';

/** `text` as it differs from `other`: what both begin with, what differs, what both end with. */
function parted(text: string, other: string): { same: string; differs: string; rest: string } {
  const [mine, theirs] = [[...text], [...other]];
  const shorter = Math.min(mine.length, theirs.length);
  let start = 0;
  while (start < shorter && mine[start] === theirs[start]) start += 1;
  let end = 0;
  while (end < shorter - start && mine[mine.length - 1 - end] === theirs[theirs.length - 1 - end]) end += 1;
  const rest = mine.length - end;
  return {
    same: mine.slice(0, start).join(''),
    differs: mine.slice(start, rest).join(''),
    rest: mine.slice(rest).join(''),
  };
}

/** Blanks and invisible characters by their number. */
const visible = (text: string): string =>
  text.replace(
    /[\p{Z}\p{C}]/gu,
    (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );

const LINE: CSSProperties = { fontFamily: 'monospace', wordBreak: 'break-all' };

/** `text`, with what is different in `other` marked; a gap where something is missing. */
export function Difference({
  text,
  other,
  colour,
}: {
  text: string;
  other: string;
  colour: 'red' | 'green';
}): ReactNode {
  const { token } = theme.useToken();
  const { same, differs, rest } = parted(text, other);
  if (text === other) return <Typography.Text style={LINE}>{visible(text)}</Typography.Text>;
  const [background, color] =
    colour === 'red'
      ? [token.colorErrorBg, token.colorErrorText]
      : [token.colorSuccessBg, token.colorSuccessText];
  return (
    <Typography.Text style={LINE}>
      {visible(same)}
      <mark style={{ background, color, fontWeight: 700, padding: '1px 2px', borderBottom: '2px solid' }}>
        {visible(differs) || '\u2038'}
      </mark>
      {visible(rest)}
    </Typography.Text>
  );
}
