import type { Browser } from 'playwright-core';
import { renderCard } from '../../simulator/page/card';
import { renderMarkdown } from '../../simulator/page/markdown';
import type { PersonCard } from './messaging-support';
import { openBrowser } from '../support/browser';
import { Bench, claimCard, eventually, Receiver } from './messaging-support';

let bench: Bench;
let receiver: Receiver;
let anna: PersonCard;

beforeAll(async () => {
  [bench, receiver] = await Promise.all([Bench.start(), Receiver.start()]);
  await bench.patchApp({ eventUrl: receiver.url });
  anna = await bench.person();
});

afterAll(() => Promise.all([bench.close(), receiver.close()]));

const get = async (path: string): Promise<{ status: number; html: string; headers: Headers }> => {
  const answer = await fetch(bench.url + path);
  return { status: answer.status, html: await answer.text(), headers: answer.headers };
};

const chat = (language = 'en_us'): string => `/chat/${anna.userId}?app=${bench.app.appId}&lang=${language}`;

describe('markdown of cards', () => {
  const name = (id: string): string => (id === 'ou_1' ? 'Anna <3' : id);
  const html = (source: string): string => renderMarkdown(source, name);

  test('shows emphasis, links, lists, colours and mentions', () => {
    expect(html('**a** *b* ~~c~~ `d`')).toBe('<p><b>a</b> <i>b</i> <s>c</s> <code>d</code></p>');
    expect(html('[open](https://x.example/a_b_c)')).toContain('href="https://x.example/a_b_c"');
    expect(html('- one\n- two')).toBe('<ul><li>one</li><li>two</li></ul>');
    expect(html('<font color=red>late</font>')).toBe('<p><span class="font-red">late</span></p>');
    expect(html('<at id=ou_1></at>')).toBe('<p><span class="at">@Anna &lt;3</span></p>');
  });

  test('runs nothing and keeps what was escaped literal', () => {
    for (const source of [
      '<script>alert(1)</script>',
      '[x](javascript:alert(1))',
      '<img src=x onerror=alert(1)>',
      '[<img onerror=alert(1)>](https://x.example)',
      '<font color="red onmouseover=alert(1)">x</font>',
      '<at id="x"onclick="alert(1)"></at>',
    ]) {
      const page = html(source);
      expect(page).not.toMatch(/<(script|img)|javascript:|<[^>]+\son\w+=/i);
    }
    expect(html('\\*\\*plain\\*\\* &#42;x&#42;')).toBe('<p>**plain** &#42;x&#42;</p>');
  });
});

test('a card shows the words of the reader and hides raw text of unknown parts', () => {
  const card = {
    header: {
      template: 'red"><script>',
      title: { tag: 'plain_text', content: 'Hi', i18n: { zh_cn: '你好' } },
    },
    elements: [{ tag: 'mystery', content: '<b>' }],
  };
  const zh = renderCard(card, 'zh_cn', (id) => id);
  expect(zh).toContain('你好');
  expect(zh).toContain('template-default');
  expect(zh).not.toContain('<script>');
  expect(renderCard(card, 'en_us', (id) => id)).toContain('Hi');
});

test('a form has its fields, and its button says that it submits them', () => {
  const text = (content: string): object => ({ tag: 'plain_text', content });
  const form = {
    tag: 'form',
    elements: [
      {
        tag: 'input',
        name: 'note',
        input_type: 'multiline_text',
        max_length: 20,
        required: true,
        placeholder: text('"Why"'),
      },
      { tag: 'button', name: 'send', form_action_type: 'submit', text: text('Send') },
    ],
  };
  const html = renderCard({ schema: '2.0', body: { elements: [form] } }, 'en_us', (id) => id);
  expect(html).toMatch(/<textarea[^>]*data-name="note"[^>]*maxlength="20" required>/);
  expect(html).toContain('placeholder="&quot;Why&quot;"');
  expect(html).toMatch(/<button[^>]*&quot;name&quot;:&quot;send&quot;[^>]* data-submit>/);
});

test('every page says that it is a simulator and loads nothing from elsewhere', async () => {
  for (const path of ['/', chat(), chat('zh_cn'), '/chat/nobody', '/?search=zzzz']) {
    const { html, headers } = await get(path);
    expect(html).toContain('Simulator');
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  }
  expect((await get('/chat/nobody')).status).toBe(404);
});

test('the list of people finds by name and leads to the chats', async () => {
  const { html } = await get(`/?search=${encodeURIComponent(anna.userId)}`);
  expect(html).toContain(`href="/chat/${anna.userId}"`);
  expect((await get('/?search=nobody-at-all')).html).toContain('Nobody found');
});

test('the chat shows cards in both languages with buttons that carry their value', async () => {
  await bench.sentCard(anna.openId, claimCard('Ticket #77 <assigned>', { a: 'claim', t: '77' }));
  const { html } = await get(chat());
  expect(html).toContain('Ticket #77 &lt;assigned&gt;');
  expect(html).toContain('<b>Printer</b>');
  expect(html).toMatch(/data-action="[^"]*&quot;t&quot;:&quot;77&quot;/);
  expect(html).toContain('Unread');
  expect((await get(chat('zh_cn'))).html).toContain('未读');
});

test('the message list is only sent again when it changed', async () => {
  const path = `/chat/${anna.userId}/messages?app=${bench.app.appId}&lang=en_us`;
  const etag = (await get(path)).headers.get('etag') ?? '';
  const again = (): Promise<Response> => fetch(bench.url + path, { headers: { 'if-none-match': etag } });
  expect((await again()).status).toBe(304);
  await bench.text(anna.openId, 'news');
  const changed = await again();
  expect(changed.status).toBe(200);
  expect(await changed.text()).toContain('news');
});

describe('in a browser', () => {
  const next = claimCard('Claimed by Anna');
  let cardId: string;

  beforeEach(async () => {
    cardId = await bench.sentCard(anna.openId, claimCard('Please claim me', { a: 'claim', t: '5' }));
    receiver.received.length = 0;
    receiver.answer = () => ({
      body: JSON.stringify({
        toast: { type: 'success', content: 'Claimed', i18n: { zh_cn: '已领取' } },
        card: { type: 'raw', data: next },
      }),
    });
  });

  const expectClickArrived = async (): Promise<void> => {
    const call = await eventually(() => receiver.events('card.action.trigger')[0]);
    expect(call.event).toMatchObject({
      operator: { open_id: anna.openId },
      action: { value: { a: 'claim', t: '5' } },
    });
    expect((await bench.message(cardId)).reads).toMatchObject([{ openId: anna.openId }]);
    expect((await get(chat())).html).toContain('Claimed by Anna');
  };

  async function useBrowser(browser: Browser): Promise<void> {
    const page = await browser.newPage();
    await page.goto(bench.url + chat('zh_cn'));
    await eventually(async () => ((await bench.message(cardId)).reads.length > 0 ? true : undefined));
    await page.locator(`[data-message="${cardId}"] button[data-action]`).click();
    await page.locator('.toast.success').waitFor();
    expect(await page.locator('.toast').textContent()).toBe('已领取');
    await page.locator('text=Claimed by Anna').waitFor();
    await page.locator('input[name=text]').fill('thank you');
    await page.locator('.compose button').click();
    await page.locator('.mine >> text=thank you').waitFor();
    await bench.text(anna.openId, 'appears without reloading');
    await page.locator('text=appears without reloading').waitFor();
    receiver.answer = () => ({ status: 500 });
    await page.locator(`[data-message="${cardId}"] button[data-action]`).click();
    await page.locator('.toast.error').waitFor();
    expect(await page.locator('.toast').textContent()).toContain('200671');
  }

  async function submitForm(browser: Browser): Promise<void> {
    const formId = await bench.sentCard(anna.openId, {
      schema: '2.0',
      body: {
        elements: [
          {
            tag: 'form',
            name: 'f',
            elements: [
              { tag: 'input', name: 'note', required: true },
              {
                tag: 'button',
                name: 'send',
                form_action_type: 'submit',
                text: { tag: 'plain_text', content: 'Add note' },
                behaviors: [{ type: 'callback', value: { a: 'note' } }],
              },
            ],
          },
        ],
      },
    });
    const page = await browser.newPage();
    await page.goto(bench.url + chat());
    const form = page.locator(`[data-message="${formId}"]`);
    await form.locator('button').click();
    await form.locator('[data-name=note]').fill('called back');
    await form.locator('button').click();
    const submitted = await eventually(() =>
      receiver
        .events('card.action.trigger')
        .map((one) => one.event['action'] as { name?: string })
        .find((action) => action.name === 'send'),
    );
    expect(submitted).toMatchObject({ value: { a: 'note' }, form_value: { note: 'called back' } });
  }

  test('opening the chat reads it, and a button calls the app and shows its answer', async () => {
    const browser = await openBrowser();
    try {
      await useBrowser(browser);
      await submitForm(browser);
    } finally {
      await browser.close();
    }
    await expectClickArrived();
  });
});
