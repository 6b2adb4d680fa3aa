import type { Localized } from '../brands';

/** The same words in both languages, or one text for both: names that people gave are not translated. */
export type Text = Localized | string;

export type CardPriority = 'low' | 'normal' | 'high' | 'urgent';

/** Buttons a reminder can carry. `open` is a link; the others come back as a click with a `CardActionValue`. */
export type CardAction = 'claim' | 'acknowledge' | 'snooze' | 'reply' | 'close';

/** What a clicked button brings back: action, docking, ticket, nonce, and minutes for a snooze. */
export interface CardActionValue {
  readonly a: CardAction;
  readonly d: string;
  readonly t: string;
  readonly n: string;
  readonly m?: number;
}

/** One more line about the ticket, e.g. group or due time. The value is user text. */
export interface CardFact {
  readonly label: Localized;
  readonly value: Text;
}

/** What has become of the reminder. Anything but `open` shows its line on the card and colours the header. */
export type CardState =
  | { readonly kind: 'open' }
  | { readonly kind: 'claimed' | 'acknowledged' | 'replied' | 'reassigned' | 'closed'; readonly by?: string }
  | { readonly kind: 'snoozed'; readonly until: Text }
  /** It takes longer; `what` says why and what can be done meanwhile. */
  | { readonly kind: 'waiting'; readonly what: Text }
  | { readonly kind: 'failed'; readonly reason: Text };

/** Why this card goes out where another one had gone out, or could not. */
export interface CardOccasion {
  /** In front of the headline: "Reminder again". */
  readonly mark: Localized;
  readonly because: Localized;
  /** User text: who has the ticket. Null = nobody, absent = the receiver, or not known. */
  readonly holder?: string | null;
}

/** In our own words: nothing in them was written into the ticket. */
export interface StockWords {
  readonly headline: Localized;
  readonly status?: Localized | undefined;
}

/**
 * Everything one reminder card shows. Strings marked "user text" come from tickets: they are shown as they are and never
 * interpreted. Too long a text is shortened, never refused.
 */
export interface ReminderCardModel {
  readonly dockingId: string;
  readonly ticketId: string;
  /** Differs per card and is checked on a click. */
  readonly nonce: string;
  /** The one language that the person asked for. Absent = both: the client shows its own, `zh` where it speaks neither. */
  readonly language?: 'zh' | 'en' | undefined;
  /** What happened: "Assigned to you". */
  readonly headline: Text;
  /** Absent = this is the first card about it, to whom it is meant for. */
  readonly occasion?: CardOccasion | undefined;
  /** The number people say, without `#`. */
  readonly ticketNumber: string;
  /** User text. */
  readonly title: string;
  readonly status?: Text | undefined;
  /** Said instead of headline and status where the ticket's words are refused. */
  readonly stock?: StockWords;
  readonly priority?: CardPriority | undefined;
  readonly urgency: 'routine' | 'urgent';
  /** User text. */
  readonly customer?: string | undefined;
  readonly facts?: readonly CardFact[];
  /** User text: the start of the last reply or of the description. */
  readonly excerpt?: string | undefined;
  /** Why this person is told: rule and role. */
  readonly why: Text;
  /** Where "Open" leads: a web address or an applink. Other schemes get no button. */
  readonly url?: string | undefined;
  /** Default: none. Shown while the reminder is not done with. */
  readonly actions?: readonly CardAction[];
  /** Minutes of the snooze button. Default 60. */
  readonly snoozeMinutes?: number;
  readonly state?: CardState;
  /** What became of a click, beside a `state` that is about the ticket. */
  readonly told?: CardState | undefined;
  /** The ticket was solved, closed or deleted since: nothing is urgent about it any more. */
  readonly isOver?: boolean;
}

/** One notification of a digest. */
export interface DigestLine {
  readonly ticketNumber: string;
  /** User text. */
  readonly title: string;
  readonly headline: Text;
  /** As for a reminder. */
  readonly stock?: StockWords;
  /** As it is when the digest goes out. */
  readonly status?: Text | undefined;
  readonly priority?: CardPriority | undefined;
  readonly url?: string | undefined;
}

export interface DigestCardModel {
  /** Names the card in the chat's history: at most 20 letters, digits and `_`, a letter first. */
  readonly marker?: string;
  /** As for a reminder. */
  readonly language?: 'zh' | 'en';
  readonly headline: Text;
  /** In the order shown. What does not fit is counted, not shown. */
  readonly lines: readonly DigestLine[];
  readonly why: Text;
  /** Where all of them can be seen. */
  readonly url?: string | undefined;
}

/** A card in schema 2.0, ready to be sent: `JSON.stringify` of it is at most 30 KB. */
export interface CardV2 {
  readonly schema: '2.0';
  readonly config: object;
  readonly header: object;
  readonly body: { readonly direction: 'vertical'; readonly elements: readonly object[] };
}
