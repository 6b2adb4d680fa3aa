/** Names that browsers know under an older one, and list only so. */
const RENAMED = [
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
  'Pacific/Kanton',
];

/** What a time zone is chosen from, in a Select. */
export const ZONE_OPTIONS: { value: string; label: string }[] = [
  'UTC',
  ...[...new Set([...RENAMED, ...Intl.supportedValuesOf('timeZone')])]
    .filter((zone) => zone !== 'UTC')
    .sort(),
].map((value) => ({ value, label: value }));
