/**
 * Ends every process of the stack when the process that started them is gone, however it went: also by SIGKILL.
 * Plain JavaScript, so that it runs from the sources (tests) and from dist alike. Told over IPC which process groups
 * live: {add: pid}, {remove: pid}. The channel breaks when the parent dies; that is the signal.
 */
const GRACE_MS = 5_000;
const groups = new Set();

/** Signals the whole group. False when nobody is left in it. */
function signal(pid, name) {
  try {
    process.kill(-pid, name);
    return true;
  } catch {
    // ESRCH: the group has ended.
    return false;
  }
}

process.on('message', (message) => {
  if (message.add) groups.add(message.add);
  if (message.remove) groups.delete(message.remove);
});

process.on('disconnect', () => {
  for (const pid of groups) signal(pid, 'SIGTERM');
  const deadline = Date.now() + GRACE_MS;
  setInterval(() => {
    for (const pid of groups) if (!signal(pid, 0)) groups.delete(pid);
    if (Date.now() > deadline) {
      for (const pid of groups) signal(pid, 'SIGKILL');
      groups.clear();
    }
    if (groups.size === 0) process.exit(0);
  }, 50);
});

// A terminal sends Ctrl-C to everybody in it; only the parent decides when this ends.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => undefined);
