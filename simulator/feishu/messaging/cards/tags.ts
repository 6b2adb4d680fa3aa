/** Components that both card schemas know. */
const shared = [
  'div',
  'markdown',
  'hr',
  'img',
  'img_combination',
  'person',
  'person_list',
  'chart',
  'table',
  'column_set',
  'column',
  'form',
  'input',
  'interactive_container',
  'collapsible_panel',
  'button',
  'overflow',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'checker',
];

/** Components of card JSON v1. */
export const v1Tags: ReadonlySet<string> = new Set([...shared, 'action', 'note']);

/** Components of card JSON v2. */
export const v2Tags: ReadonlySet<string> = new Set([...shared, 'audio', 'select_img']);

/** Components of v1 that v2 dropped: answered with sub-code 200861 instead of 200621. */
export const droppedInV2: ReadonlySet<string> = new Set(['action', 'note']);

/** Text and decoration that appears inside components. */
export const inlineTags: ReadonlySet<string> = new Set([
  'plain_text',
  'lark_md',
  'text_tag',
  'standard_icon',
  'custom_icon',
  'img',
]);
