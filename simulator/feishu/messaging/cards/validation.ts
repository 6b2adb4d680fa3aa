import { CARD_TEXTS } from '../../codes';
import { droppedInV2, inlineTags, v1Tags, v2Tags } from './tags';

/** Why the platform refuses a card: the `ext` of error 230099. */
export interface CardViolation {
  errCode: number;
  errPath?: string;
  errMsg: string;
  errorValue?: string;
}

/** What a card is checked against. */
export interface CardSurroundings {
  /** Is this an id (open_id, union_id, user_id, email or `all`) that the app may mention? */
  knowsPerson: (id: string) => boolean;
  /** May the app use this image key? Keys belong to the app that uploaded them. */
  knowsImage: (key: string) => boolean;
}

export type CardSchema = '1.0' | '2.0';
export type CardJson = Record<string, unknown>;

/** At most this many components and text elements in a v2 card (platform page on card JSON v2). */
const MAX_ELEMENTS = 200;
const MAX_TABLES = 5;
const MAX_TEXT_TAGS = 3;
const MAX_BUTTON_TEXT = 100;

/** Which card JSON this is: v2 says so, everything else is v1. */
export function schemaOf(card: CardJson): CardSchema {
  return card['schema'] === '2.0' ? '2.0' : '1.0';
}

/** The card inside a message's content string, or why it cannot be one. */
export function parseCard(content: string): { card: CardJson } | { violation: CardViolation } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch {
    return { violation: malformed('content is not JSON') };
  }
  return isObject(parsed) ? { card: parsed } : { violation: malformed('card is not an object') };
}

/** The first rule of the platform that the card breaks, or `undefined` when it would be accepted. */
export function checkCard(card: CardJson, around: CardSurroundings): CardViolation | undefined {
  if (card['type'] === 'template') return missingTemplate(card);
  if (card['type'] === 'card') return { errCode: 11310, errMsg: 'cardid is invalid' };
  const schema = schemaOf(card);
  const walk = new Walk(schema, around);
  return checkRoot(card, schema) ?? checkHeader(card['header']) ?? walk.root(card) ?? walk.totals();
}

function checkRoot(card: CardJson, schema: CardSchema): CardViolation | undefined {
  if (card['schema'] !== undefined && card['schema'] !== '1.0' && card['schema'] !== '2.0')
    return malformed(`unknown schema ${show(card['schema'])}`);
  if (schema === '1.0') {
    if (card['body'] !== undefined) return malformed('unknown property, property: body, path: ROOT');
    const i18n = card['i18n_elements'];
    if (i18n !== undefined && (!isObject(i18n) || !Object.values(i18n).every(Array.isArray)))
      return malformed('i18n_elements must hold one list per language');
    if (i18n === undefined && !Array.isArray(card['elements'])) return malformed('elements must be a list');
    return undefined;
  }
  // unverified: the sub-code for v1 properties at the root of a v2 card; 200861 is documented for components.
  for (const dropped of ['i18n_elements', 'elements'])
    if (card[dropped] !== undefined) return noLonger(`unsupported property ${dropped}`, 'ROOT');
  const config = card['config'];
  if (isObject(config) && config['update_multi'] === false)
    return noLonger('update_multi must be true', 'ROOT -> config');
  if (!isObject(card['body']) || !Array.isArray(card['body']['elements']))
    return malformed('body.elements must be a list');
  return undefined;
}

function checkHeader(header: unknown): CardViolation | undefined {
  if (header === undefined) return undefined;
  if (!isObject(header)) return malformed('header must be an object');
  if (!isObject(header['title'])) return malformed('header.title is required');
  const tags = header['text_tag_list'];
  // unverified: the sub-code of a fourth tag.
  if (tags !== undefined && (!Array.isArray(tags) || tags.length > MAX_TEXT_TAGS))
    return malformed(`text_tag_list holds more than ${MAX_TEXT_TAGS} tags`);
  return undefined;
}

/** One pass over a card, counting components and stopping at the first that breaks a rule. */
class Walk {
  private elements = 0;
  private tables = 0;

  constructor(
    private readonly schema: CardSchema,
    private readonly around: CardSurroundings,
  ) {}

  root(card: CardJson): CardViolation | undefined {
    const found = this.visit(card['header'], 'ROOT -> header');
    if (found) return found;
    if (this.schema === '2.0') {
      const body = card['body'] as CardJson;
      return this.list(body['elements'], 'ROOT -> body -> elements');
    }
    const i18n = card['i18n_elements'];
    const first = this.list(card['elements'] ?? [], 'ROOT -> elements');
    if (first || !isObject(i18n)) return first;
    return firstOf(Object.entries(i18n), ([language, list]) =>
      this.list(list, `ROOT -> i18n_elements -> ${language}`),
    );
  }

  totals(): CardViolation | undefined {
    if (this.schema === '2.0' && this.elements > MAX_ELEMENTS)
      return { errCode: 11310, errMsg: cardText(11310) };
    if (this.tables > MAX_TABLES)
      return { errCode: 11310, errMsg: 'card table number over limit', errorValue: 'table' };
    return undefined;
  }

  private list(elements: unknown, path: string): CardViolation | undefined {
    if (!Array.isArray(elements)) return malformed(`${path} must be a list`);
    return firstOf(elements.entries(), ([index, element]) => this.component(element, path, index));
  }

  private component(element: unknown, path: string, index: number): CardViolation | undefined {
    if (!isObject(element) || typeof element['tag'] !== 'string')
      return malformed(`an element without tag, path: ${path} -> [${index}]`);
    const tag = element['tag'];
    const here = `${path} -> [${index}](tag: ${tag})`;
    if (this.schema === '2.0' && droppedInV2.has(tag)) return noLonger(`unsupported tag ${tag}`, here);
    if (!(this.schema === '2.0' ? v2Tags : v1Tags).has(tag) && !inlineTags.has(tag))
      return malformed(`unknown tag ${tag}, path: ${here}`);
    return this.visit(element, here);
  }

  /** Looks into an object of any kind: its own rules first, then whatever it holds. */
  private visit(node: unknown, path: string): CardViolation | undefined {
    if (!isObject(node)) return undefined;
    if (typeof node['tag'] === 'string') this.elements += 1;
    if (node['tag'] === 'table') this.tables += 1;
    const broken = checkButton(node) ?? checkData(node) ?? this.checkPeople(node) ?? this.checkImages(node);
    if (broken) return broken;
    return firstOf(Object.entries(node), ([key, value]) => {
      // Callback values and table rows are the developer's data: a `tag` in them means nothing.
      if (opaque.has(key) || (node['tag'] === 'table' && key === 'columns')) return undefined;
      if (lists.has(key) && Array.isArray(value)) return this.list(value, `${path} -> ${key}`);
      if (Array.isArray(value)) return firstOf(value, (item) => this.visit(item, `${path} -> ${key}`));
      return this.visit(value, `${path} -> ${key}`);
    });
  }

  private checkPeople(node: CardJson): CardViolation | undefined {
    const ids: string[] = [];
    if (node['tag'] === 'person' && typeof node['user_id'] === 'string') ids.push(node['user_id']);
    if (node['tag'] === 'person_list' && Array.isArray(node['persons']))
      for (const person of node['persons']) if (isObject(person)) ids.push(show(person['id']));
    if (node['tag'] === 'markdown' || node['tag'] === 'lark_md') ids.push(...mentionsOf(node));
    const stranger = ids.find((id) => !this.around.knowsPerson(id));
    return stranger === undefined
      ? undefined
      : {
          errCode: 100290,
          errMsg: cardText(100290),
          errorValue: stranger,
        };
  }

  private checkImages(node: CardJson): CardViolation | undefined {
    const key = node['img_key'];
    if (key === undefined || (typeof key === 'string' && this.around.knowsImage(key))) return undefined;
    return {
      errCode: 200570,
      errMsg: cardText(200570),
      errorValue: `image key ${show(key)}`,
    };
  }
}

const lists = new Set(['elements', 'actions', 'columns']);
const opaque = new Set(['value', 'chart_spec', 'rows', 'options']);

/** Ids named by `<at id=…>`, `<at ids=…>`, `<at user_id=…>` and `<at email=…>` in a text and its translations. */
function mentionsOf(node: CardJson): string[] {
  const texts: unknown[] = [node['content']];
  for (const key of ['i18n', 'i18n_content'])
    if (isObject(node[key])) texts.push(...Object.values(node[key]));
  return texts
    .filter((text): text is string => typeof text === 'string')
    .flatMap((text) => [
      ...text.matchAll(/<at\s+(?:id|ids|user_id|email)\s*=\s*["']?([^"'>\s]*)["']?[^>]*>/g),
    ])
    .flatMap((match) => (match[1] ?? '').split(','));
}

function checkButton(node: CardJson): CardViolation | undefined {
  const text = node['tag'] === 'button' && isObject(node['text']) ? node['text'] : undefined;
  if (!text) return undefined;
  const translations = [text['i18n'], text['i18n_content']]
    .filter(isObject)
    .flatMap((texts) => Object.values(texts));
  const tooLong = [text['content'], ...translations].some(
    (content) => typeof content === 'string' && [...content].length > MAX_BUTTON_TEXT,
  );
  // unverified: the sub-code of a button text over its limit.
  return tooLong ? malformed(`button text is longer than ${MAX_BUTTON_TEXT} characters`) : undefined;
}

/** unverified: what exactly the platform demands of a chart and a table. */
function checkData(node: CardJson): CardViolation | undefined {
  if (node['tag'] === 'chart' && !isObject(node['chart_spec']))
    return { errCode: 200550, errMsg: cardText(200550) };
  if (node['tag'] !== 'table') return undefined;
  const { rows, columns } = node;
  if (!Array.isArray(rows) || !rows.every(isObject)) return { errCode: 200914, errMsg: cardText(200914) };
  const names = Array.isArray(columns) ? columns.filter(isObject).map((column) => column['name']) : [];
  const stranger = rows.flatMap((row) => Object.keys(row)).find((key) => !names.includes(key));
  return stranger === undefined
    ? undefined
    : { errCode: 200915, errMsg: cardText(200915), errorValue: stranger };
}

function missingTemplate(card: CardJson): CardViolation {
  const data = isObject(card['data']) ? card['data'] : {};
  return {
    errCode: 200380,
    errMsg: cardText(200380),
    errorValue: `templateID: ${show(data['template_id'])}`,
  };
}

function cardText(errCode: number): string {
  return CARD_TEXTS[errCode] ?? '';
}

function malformed(value: string): CardViolation {
  return {
    errCode: 200621,
    errMsg: cardText(200621),
    errorValue: value,
  };
}

function noLonger(value: string, path: string): CardViolation {
  return {
    errCode: 200861,
    errPath: path,
    errMsg: cardText(200861),
    errorValue: value,
  };
}

function firstOf<T>(
  items: Iterable<T>,
  check: (item: T) => CardViolation | undefined,
): CardViolation | undefined {
  for (const item of items) {
    const found = check(item);
    if (found) return found;
  }
  return undefined;
}

/** A value of the card inside an error text. */
function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A JSON object (not a list, not null). */
export function isObject(value: unknown): value is CardJson {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The `msg` of error 230099 for a violation. */
export function violationText(violation: CardViolation): string {
  const parts = [`ErrCode: ${violation.errCode}`];
  if (violation.errPath) parts.push(`ErrPath: ${violation.errPath}`);
  parts.push(`ErrMsg: ${violation.errMsg}`);
  if (violation.errorValue !== undefined) parts.push(`ErrorValue: ${violation.errorValue}`);
  return `Failed to create card content, ext=${parts.join('; ')}; code:230099`;
}
