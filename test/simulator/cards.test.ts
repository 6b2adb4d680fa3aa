import type { CardJson, CardSurroundings } from '../../simulator/feishu/messaging/cards/validation';
import { checkCard, parseCard, violationText } from '../../simulator/feishu/messaging/cards/validation';

const around: CardSurroundings = {
  knowsPerson: (id) => id === 'ou_known' || id === 'all',
  knowsImage: (key) => key === 'img_mine',
};

const text = (content: string): CardJson => ({ tag: 'plain_text', content });
const v1 = (...elements: object[]): CardJson => ({ config: { update_multi: true }, elements });
const v2 = (...elements: object[]): CardJson => ({ schema: '2.0', body: { elements } });
const code = (card: CardJson): number => checkCard(card, around)?.errCode ?? 0;

test('a card with everything a ticket card needs passes in both schemas', () => {
  expect(
    code({
      ...v1(
        { tag: 'div', text: { tag: 'lark_md', content: '**#12** <at id=ou_known></at>' } },
        { tag: 'div', fields: [{ is_short: true, text: text('High') }] },
        { tag: 'hr' },
        { tag: 'note', elements: [text('small print')] },
        { tag: 'action', actions: [{ tag: 'button', text: text('Claim'), value: { tag: 'anything' } }] },
      ),
      header: { template: 'orange', title: text('Ticket assigned') },
      card_link: { url: 'https://example.com' },
    }),
  ).toBe(0);
  expect(
    code({
      ...v2(
        { tag: 'markdown', content: 'hello', i18n_content: { zh_cn: '你好' } },
        { tag: 'column_set', columns: [{ tag: 'column', elements: [{ tag: 'markdown', content: 'x' }] }] },
        { tag: 'button', text: text('Claim'), behaviors: [{ type: 'callback', value: { a: 'claim' } }] },
        { tag: 'img', img_key: 'img_mine', alt: text('picture') },
      ),
      header: { title: text('T'), text_tag_list: [{ tag: 'text_tag', text: text('High'), color: 'red' }] },
    }),
  ).toBe(0);
});

test('content that is no JSON object is told as a parse error', () => {
  expect(parseCard('{')).toMatchObject({ violation: { errCode: 200621 } });
  expect(parseCard('[]')).toMatchObject({ violation: { errCode: 200621 } });
  expect(code({})).toBe(200621);
  expect(code({ schema: '3.0', body: { elements: [] } })).toBe(200621);
  expect(code({ schema: '2.0', body: {} })).toBe(200621);
});

test('unknown tags are refused wherever they are', () => {
  expect(code(v2({ tag: 'blink' }))).toBe(200621);
  expect(code(v1({ tag: 'action', actions: [{ tag: 'blink' }] }))).toBe(200621);
  expect(code(v2({ tag: 'column_set', columns: [{ tag: 'column', elements: [{ tag: 'blink' }] }] }))).toBe(
    200621,
  );
  expect(code(v1({ noTag: true }))).toBe(200621);
});

test('version 2 says which component it dropped and where', () => {
  const violation = checkCard(v2({ tag: 'hr' }, { tag: 'action', actions: [] }), around);
  expect(violation && violationText(violation)).toBe(
    'Failed to create card content, ext=ErrCode: 200861; ErrPath: ROOT -> body -> elements -> [1](tag: action); ' +
      'ErrMsg: cards of schema V2 no longer support this capability; ErrorValue: unsupported tag action; code:230099',
  );
  expect(code(v2({ tag: 'note', elements: [] }))).toBe(200861);
  expect(code({ ...v2(), i18n_elements: { zh_cn: [] } })).toBe(200861);
  expect(code({ ...v2(), config: { update_multi: false } })).toBe(200861);
});

test('version 1 takes elements per language', () => {
  const card = { i18n_elements: { zh_cn: [{ tag: 'hr' }], en_us: [{ tag: 'hr' }] } };
  expect(code(card)).toBe(0);
  expect(code({ i18n_elements: { zh_cn: [{ tag: 'blink' }] } })).toBe(200621);
  expect(code({ i18n_elements: { zh_cn: 'x' } })).toBe(200621);
});

test('a card of version 2 has at most 200 elements, texts counted', () => {
  const lines = (count: number): object[] =>
    Array.from({ length: count }, () => ({ tag: 'markdown', content: 'x' }));
  expect(code(v2(...lines(200)))).toBe(0);
  expect(code(v2(...lines(201)))).toBe(11310);
  expect(code(v2(...Array.from({ length: 101 }, () => ({ tag: 'div', text: text('x') }))))).toBe(11310);
});

test('limits on tables, header tags and button texts hold', () => {
  expect(code(v2(...Array.from({ length: 6 }, () => ({ tag: 'table', columns: [], rows: [] }))))).toBe(11310);
  const tags = Array.from({ length: 4 }, () => ({ tag: 'text_tag', text: text('x') }));
  expect(code({ ...v2(), header: { title: text('T'), text_tag_list: tags } })).toBe(200621);
  expect(code({ ...v2(), header: {} })).toBe(200621);
  const button = (label: string): object => ({ tag: 'button', text: text(label) });
  expect(code(v2(button('字'.repeat(100))))).toBe(0);
  expect(code(v2(button('字'.repeat(101))))).toBe(200621);
});

test('a chart needs its spec and a table rows that fit its columns', () => {
  expect(code(v2({ tag: 'chart' }))).toBe(200550);
  expect(code(v2({ tag: 'chart', chart_spec: { type: 'line' } }))).toBe(0);
  const table = (rows: unknown): object => ({ tag: 'table', columns: [{ name: 'who' }], rows });
  expect(code(v2(table([{ who: 'Wang' }])))).toBe(0);
  expect(code(v2(table('Wang')))).toBe(200914);
  expect(code(v2(table([{ whom: 'Wang' }])))).toBe(200915);
});

test('people and pictures must be known to the app', () => {
  expect(code(v2({ tag: 'markdown', content: 'hi <at id=ou_stranger></at>' }))).toBe(100290);
  expect(
    code(v2({ tag: 'markdown', content: 'hi', i18n_content: { zh_cn: '<at id="ou_stranger"></at>' } })),
  ).toBe(100290);
  expect(code(v2({ tag: 'markdown', content: '<at ids=ou_known,all></at>' }))).toBe(0);
  expect(code(v2({ tag: 'markdown', content: '&lt;at id=ou_stranger&gt; as written by a customer' }))).toBe(
    0,
  );
  expect(code(v2({ tag: 'person', user_id: 'ou_stranger' }))).toBe(100290);
  expect(code(v2({ tag: 'img', img_key: 'img_theirs' }))).toBe(200570);
});

test('templates do not exist here', () => {
  const violation = checkCard({ type: 'template', data: { template_id: 'AAq1' } }, around);
  expect(violation).toMatchObject({ errCode: 200380, errorValue: 'templateID: AAq1' });
  expect(code({ type: 'card', data: { card_id: '1' } })).toBe(11310);
});
