/** The short table of addresses that a stack prints when it is up. */
import colors from 'picocolors';
import type { Endpoints } from './settings';

export function addressLines(endpoints: Endpoints): string[] {
  const rows: [string, string | null][] = [
    ['API, console', endpoints.api],
    ['Temporal UI', endpoints.temporalUi],
    ['Simulator', endpoints.simulator],
    ['Ticket system', endpoints.ticketSystem],
  ];
  return rows.flatMap(([name, url]) => (url ? [`  ${name.padEnd(14)} ${colors.cyan(url)}`] : []));
}

/** Signs an admin in. The token stands behind #, so no server log and no proxy ever sees it. */
export const adminLink = ({ api, adminToken }: Endpoints): string => `${api}/#token=${adminToken}`;
