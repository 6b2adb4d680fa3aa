/** Times and numbers as people read them, in the language of the page. */
import { useTranslation } from 'react-i18next';

export interface Format {
  /** Day and time in the person's own zone; a dash where there is none. */
  time(at: string | null | undefined): string;
  /** Such as "5 minutes ago". */
  since(at: string | null | undefined): string;
  number(value: number): string;
  /** `0.5` → 50 %. */
  percent(share: number): string;
  /** Such as "3 min 20 s". */
  duration(seconds: number): string;
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

export function useFormat(): Format {
  const { i18n } = useTranslation();
  const locale = i18n.language === 'zh' ? 'zh-CN' : 'en-GB';
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const unit = (value: number, name: string): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  return {
    time: (at) => (at ? time.format(new Date(at)) : '–'),
    since(at) {
      if (!at) return '–';
      const seconds = (new Date(at).getTime() - Date.now()) / 1000;
      const [name, length] = STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? ['second', 1];
      return relative.format(Math.trunc(seconds / length), name);
    },
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    duration(seconds) {
      if (seconds < 60) return unit(Math.ceil(seconds), 'second');
      const minutes = Math.floor(seconds / 60);
      return minutes < 60
        ? `${unit(minutes, 'minute')} ${unit(Math.round(seconds % 60), 'second')}`
        : `${unit(Math.floor(minutes / 60), 'hour')} ${unit(minutes % 60, 'minute')}`;
    },
  };
}
