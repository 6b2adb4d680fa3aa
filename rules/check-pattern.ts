/** Is a leaf's `value` a pattern that each event can afford? */
import { RE2JS, RE2JSSyntaxException } from 're2js';
import { quoted, type FaultList } from './fault';
import { LIMITS } from './rule';

/** Larger programs, made by nested repetition, would make each match slow. */
const PROGRAM_LIMIT = 300;
/** Sum of all counted repetitions, such as 3 for `a{3}`. */
const REPEATS_LIMIT = 100;

/** The size of its program, which the time of a match grows with; 0 for one that is refused. */
export function checkPattern(value: unknown, pointer: string, faults: FaultList): number {
  const refuse = (message: string): number => {
    faults.add(pointer, 'bad-pattern', message);
    return 0;
  };
  if (typeof value !== 'string' || value === '' || value.length > LIMITS.pattern) {
    return refuse(`must be a pattern of 1 to ${LIMITS.pattern} characters`);
  }
  // Looked at before compiling: repetitions are copied out, which alone could take a good part of a second.
  const repeats = [...value.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, least, most]) =>
    Number(most || least),
  );
  if (repeats.reduce((sum, times) => sum + times, 0) > REPEATS_LIMIT) {
    return refuse(`repeats more than ${REPEATS_LIMIT} times in all`);
  }
  try {
    const size = RE2JS.compile(value).programSize();
    return size <= PROGRAM_LIMIT ? size : refuse('the pattern repeats too much');
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    return refuse(`no valid RE2 pattern: ${quoted(error.message)}`);
  }
}
