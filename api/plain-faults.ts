/** The two faults that people make most, in words that are no programmer's. */
import { z } from 'zod';

/** Of every check of this process that does not say something of its own. */
export function speakPlainly(): void {
  z.config({
    customError(issue) {
      if (issue.code === 'invalid_type' && issue.input === undefined) return 'is missing';
      const isEmptyText = issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1;
      return isEmptyText ? 'must not be empty' : undefined;
    },
  });
}
