// Runs as a process of its own: saves and judges rules that refer to themselves, and prints what became of them.
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  module._compile(code, filename);
};
const { compileRules, evaluate, factsFor, validateReminders } = require('../../rules');

const rule = (id, ...to) => ({
  id,
  name: id,
  enabled: true,
  triggers: ['ticket.created'],
  conditions: { all: to.map((condition) => ({ condition })) },
  receivers: [{ role: 'assignee' }],
  urgency: 'routine',
});
const CIRCLES = [
  [rule('a', 'a')],
  [rule('a', 'a', 'a', 'a')],
  [rule('a', 'b'), rule('b', 'a')],
  [rule('a', 'b', 'b'), rule('b', 'c', 'c'), rule('c', 'a', 'a')],
];

async function main() {
  const event = {
    eventId: 'e',
    type: 'ticket.created',
    occurredAt: '2026-07-20T10:00:00Z',
    ticket: { id: 't' },
  };
  const facts = factsFor(event, { now: new Date(event.occurredAt) });
  const saved = CIRCLES.map((rules) => validateReminders({ rules }).ok);
  const verdicts = await Promise.all(
    CIRCLES.map((rules) => evaluate(compileRules({ version: 1, rules }), facts)),
  );
  const judged = verdicts.map(({ rules }) =>
    rules.every(({ matched, error }) => !matched && error !== undefined),
  );
  process.stdout.write(JSON.stringify({ saved, judged }));
}
main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
