import type { Docking } from '../store';

/** Where a company's people are, for those who named no time zone of their own. */
export const companyZone = ({ calendar, ticketSystem }: Docking): string =>
  calendar?.timeZone ?? ticketSystem.timezone ?? 'Asia/Shanghai';
