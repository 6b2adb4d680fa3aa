/** A time zone as somebody names it: any name of the IANA database, new or old; no offsets, which know no summer time. */
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { said } from './plain-faults';

export const timeZone = z.string().refine(
  // Some releases of Node take "+08:00" for a zone.
  (name) => /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name),
  said({
    en: 'must be an IANA time zone, such as Asia/Shanghai',
    zh: '必须是 IANA 时区，如 Asia/Shanghai',
  }),
);
