/**
 * What the chat page does in the browser: shows new messages as they come, reports them as read while the page is
 * visible, sends clicks and texts through the control surface, and shows what the app answers.
 * `data-*` attributes of `main` carry everything it needs to know.
 */
export const chatScript = `
(() => {
  const main = document.querySelector('main');
  const list = document.querySelector('.messages');
  const { user, app, lang, failed, unreachable } = main.dataset;
  const post = (path, body) => fetch('/_control' + path, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  }).then((answer) => answer.json());
  let version = list.dataset.version;
  let hideToast;

  const toast = (kind, text) => {
    document.querySelector('.toast')?.remove();
    clearTimeout(hideToast);
    const box = document.createElement('div');
    box.className = 'toast ' + kind;
    box.setAttribute('role', 'status');
    box.textContent = text;
    document.body.append(box);
    hideToast = setTimeout(() => box.remove(), 3500);
  };

  const enter = async () => {
    if (document.visibilityState === 'visible') await post('/people/' + user + '/enter-chat', { appId: app });
  };

  /** Redrawing would wipe out what somebody is typing into a card. */
  const isTyping = () => [...list.querySelectorAll('[data-name]')].some((field) => field.value !== field.defaultValue);

  const refresh = async (force) => {
    if (!force && isTyping()) return false;
    const path = '/chat/' + user + '/messages?app=' + app + '&lang=' + lang;
    const answer = await fetch(path, { headers: { 'if-none-match': version } });
    if (answer.status !== 200) return false;
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
    version = answer.headers.get('etag');
    list.innerHTML = await answer.text();
    if (atEnd) list.scrollTop = list.scrollHeight;
    return true;
  };

  const click = async (node, action) => {
    const message = node.closest('[data-message]');
    message.classList.add('busy');
    try {
      const shown = await post('/messages/' + message.dataset.message + '/click', { action, operator: user });
      if (shown.code) toast('error', failed + ' ' + shown.code);
      else if (shown.toast) toast(shown.toast.type, shown.toast.i18n?.[lang] ?? shown.toast.content);
      await refresh(true);
    } catch {
      toast('error', unreachable);
    } finally {
      message.classList.remove('busy');
    }
  };

  list.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-action]');
    if (!button || (button.dataset.confirm && !confirm(button.dataset.confirm))) return;
    const action = JSON.parse(button.dataset.action);
    if ('submit' in button.dataset) {
      action.form_value = {};
      for (const field of button.closest('[data-form]')?.querySelectorAll('[data-name]') ?? []) {
        if (!field.reportValidity()) return;
        action.form_value[field.dataset.name] = field.value;
      }
    }
    void click(button, action);
  });
  list.addEventListener('change', (event) => {
    const select = event.target.closest('select[data-action]');
    if (select?.value) void click(select, { ...JSON.parse(select.dataset.action), option: select.value });
  });
  document.querySelector('.compose').addEventListener('submit', async (event) => {
    event.preventDefault();
    const input = event.target.elements.text;
    if (!input.value.trim()) return;
    await post('/people/' + user + '/message-bot', { appId: app, text: input.value });
    input.value = '';
    await refresh();
    list.scrollTop = list.scrollHeight;
  });

  list.scrollTop = list.scrollHeight;
  const follow = async () => {
    try {
      if (await refresh()) { await enter(); await refresh(); }
    } catch {
      toast('error', unreachable);
    }
    setTimeout(follow, 1000);
  };
  void enter().then(follow, follow);
})();
`;
