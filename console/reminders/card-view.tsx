/** A card of the platform, near enough to read it: title, tags, texts, rules and buttons. */
import { Button, Divider, Flex, Input, Tag, Typography, theme } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Part = Record<string, unknown>;

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const partsOf = (value: unknown): Part[] => (Array.isArray(value) ? value.filter(isPart) : []);

const LOCALE: Record<string, string> = { zh: 'zh_cn', en: 'en_us' };

/** In the language of the page where the card has it. */
function textOf(value: unknown, language: string): string {
  if (!isPart(value)) return '';
  const spoken = isPart(value['i18n_content']) ? value['i18n_content'][LOCALE[language] ?? ''] : undefined;
  const text = spoken ?? value['content'];
  return typeof text === 'string' ? text : '';
}

export function CardView({ card }: { card: unknown }): ReactNode {
  const { t, i18n } = useTranslation('reminders');
  const { token } = theme.useToken();
  if (!isPart(card)) return null;
  const header = isPart(card['header']) ? card['header'] : {};
  const colour = typeof header['template'] === 'string' ? header['template'] : 'blue';
  const body = isPart(card['body']) ? card['body'] : card;
  const say = (value: unknown): string => textOf(value, i18n.language);
  return (
    <article
      aria-label={t('card.title')}
      style={{
        maxWidth: 480,
        border: `1px solid ${token.colorBorderSecondary}`,
        borderRadius: token.borderRadiusLG,
        overflow: 'hidden',
      }}
    >
      <Flex
        vertical
        gap={4}
        style={{
          padding: 12,
          borderTop: `4px solid ${HEADER[colour] ?? token.colorPrimary}`,
          background: token.colorFillQuaternary,
        }}
      >
        <Typography.Text strong style={{ fontSize: 16 }}>
          {say(header['title'])}
        </Typography.Text>
        <Typography.Text type="secondary">{say(header['subtitle'])}</Typography.Text>
        <Flex gap={4} wrap>
          {partsOf(header['text_tag_list']).map((tag, index) => (
            <Tag key={index} color={typeof tag['color'] === 'string' ? tag['color'] : 'default'}>
              {say(tag['text'])}
            </Tag>
          ))}
        </Flex>
      </Flex>
      <Flex vertical gap={8} style={{ padding: 12 }}>
        {partsOf(body['elements']).map((part, index) => (
          <CardPart key={index} part={part} />
        ))}
      </Flex>
    </article>
  );
}

const HEADER: Record<string, string> = {
  red: '#f54a45',
  orange: '#ff8800',
  yellow: '#ffc60a',
  green: '#34c724',
  grey: '#8f959e',
};

function CardPart({ part }: { part: Part }): ReactNode {
  const { i18n } = useTranslation();
  const say = (value: unknown): string => textOf(value, i18n.language);
  const inside = partsOf(part['elements'] ?? part['columns']);
  switch (part['tag']) {
    case 'hr':
      return <Divider style={{ margin: 0 }} />;
    case 'div': {
      const text = isPart(part['text']) ? part['text'] : {};
      return (
        <Typography.Text
          strong={text['text_size'] === 'heading'}
          style={{ whiteSpace: 'pre-wrap' }}
          {...(text['text_color'] === 'grey' ? { type: 'secondary' as const } : {})}
        >
          {say(text)}
        </Typography.Text>
      );
    }
    case 'markdown':
      return <Typography.Text style={{ whiteSpace: 'pre-wrap' }}>{say(part)}</Typography.Text>;
    case 'button':
      return (
        <Button size="small" type={part['type'] === 'primary' ? 'primary' : 'default'}>
          {say(part['text'])}
        </Button>
      );
    case 'input':
      return <Input.TextArea readOnly placeholder={say(part['placeholder'])} />;
    default:
      return (
        <Flex gap={8} wrap vertical={part['tag'] !== 'column_set'}>
          {inside.map((inner, index) => (
            <CardPart key={index} part={inner} />
          ))}
        </Flex>
      );
  }
}
