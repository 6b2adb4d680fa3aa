import type { Endpoints } from '../settings';
import type { Progress } from '../terminal';
import type { Stack } from '../up';

/** What a story gets to work with. Everything goes through HTTP; `stack` is only there to break things. */
export interface StoryContext {
  urls: Endpoints;
  adminToken: string;
  stack: Pick<Stack, 'crash' | 'killWorker' | 'startWorker'>;
  /**
   * Tells one step: prints ✓ or ✗ with the label, what `describe` makes of the result, and the elapsed time, and
   * enters it in the report. Rethrows.
   */
  step: Progress['step'];
  /** A line of detail below the step under way. */
  note: Progress['note'];
  /** Aborted when the demo is asked to stop. */
  signal: AbortSignal;
}

export interface StoryReport {
  /** False: the story ran, but what came out is not what had to. Exit code 1. */
  passed: boolean;
  /** The summary table, in order. */
  summary: { label: string; value: string | number }[];
  /** Everything else for the JSON report: counts, percentiles, calls per route. */
  details: Record<string, unknown>;
}

/** A step as the JSON report has it. */
export interface ReportedStep {
  label: string;
  outcome: 'done' | 'failed';
  detail: string;
  /** Milliseconds. */
  elapsedMs: number;
}
