import { useQueryClient } from '@tanstack/react-query';
import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, LANGUAGES, type Language } from '../language';
import { askAnew } from '../session/session';

const OPTIONS = Object.entries(LANGUAGES).map(([value, label]) => ({ value: value as Language, label }));

export function LanguageSwitch(): ReactNode {
  const { i18n } = useTranslation();
  const queries = useQueryClient();
  return (
    <Segmented<Language>
      size="small"
      options={OPTIONS}
      value={i18n.language as Language}
      onChange={(language) => {
        chooseLanguage(language);
        void askAnew(queries);
      }}
    />
  );
}
