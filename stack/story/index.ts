export { runStory } from './run';
export type { ReportedStep, StoryContext, StoryReport } from './context';
