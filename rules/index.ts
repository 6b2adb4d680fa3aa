/** Pure: may this event remind whom, and why. */
export { EVENT_TYPES as TRIGGERS } from '../tickets/vocabulary';
export type { RuleEvent, RuleTicket, Scalar } from './event';
export {
  LIMITS,
  receiverSchema,
  RECEIVER_ROLES,
  ruleEnvelope,
  ruleJsonSchema,
  templateSchema,
  TIMING_SETTINGS,
  timingSchema,
  type Condition,
  type Conditions,
  type ReceiverRole,
  type ReceiverSpec,
  type ReminderRule,
  type Reminders,
  type RuleDraft,
  type Template,
  type Timing,
} from './rule';
export { FACTS, findFact, OPEN_FACTS, type FactDefinition, type FactType, type FactValue } from './facts';
export { factsFor, type Facts, type FactsContext } from './facts-for';
export {
  CALENDAR_WINDOWS,
  readCalendar,
  type CalendarReader,
  type CalendarWindow,
  type WorkingCalendar,
} from './calendar';
export { findOperator, OPERATORS, type OperatorDefinition } from './operators';
export { FAULTS, type Fault, type FaultCode } from './fault';
export { validateAround, validateReminders, type ValidatedReminders, type ValidateOptions } from './validate';
export { compileRules, type CompiledRules } from './compile';
export { evaluate, nextCheckAt, type EvaluateOptions, type RuleVerdict, type Verdict } from './evaluate';
export type { Shown, Trace, TraceLeaf } from './trace';
export { cardWords, fillTemplate, type CardWords } from './template';
export { cardLabel } from './card-labels';
export { readyMadeRules } from './ready-made';
export { explainRule, explainVerdict, type Language } from './explain';
export {
  JUDGED_AGAIN,
  simulate,
  SimulationTooLong,
  type Foresee,
  type SimulateOptions,
  type Simulation,
} from './simulate';
export type { Forecast, Foreseen, ForeseenCard } from './forecast';
