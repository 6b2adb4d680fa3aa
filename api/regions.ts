/**
 * Regions of the ticket system whose web addresses are known. The page that Feishu opens and the page it redirects to lie
 * on different hosts (.com and .io). Another region is one more line here; a docking may always give its own pair.
 */
export interface TicketRegion {
  region: string;
  /** Hosts of the region's API and pages. */
  hosts: readonly string[];
  homepageUrl: string;
  redirectUrl: string;
}

export const TICKET_REGIONS: readonly TicketRegion[] = [
  {
    region: 'sg',
    hosts: ['sg.sobot.com', 'sg.sobot.io'],
    homepageUrl: 'https://sg.sobot.com/auth/sign_in',
    redirectUrl: 'https://sg.sobot.io/ws-h5-client/',
  },
  {
    region: 'us',
    hosts: ['us.sobot.com', 'us.sobot.io'],
    homepageUrl: 'https://us.sobot.com/auth/sign_in',
    redirectUrl: 'https://us.sobot.io/ws-h5-client/',
  },
];

export function regionOf(baseUrl: string): TicketRegion | undefined {
  const { hostname } = new URL(baseUrl);
  return TICKET_REGIONS.find(({ hosts }) => hosts.includes(hostname));
}
