/** Encodings that a file is known to be in by words of a statement, in the order they are tried. */
export const STATEMENT_WORDS: readonly [encoding: string, words: RegExp][] = [
  ['shift_jis', /日付|取引日|年月日|利用日|摘要|金額|残高|入金|出金/],
  ['gb18030', /交易时间|交易日期|记账日期|金额|余额|收入|支出/],
  ['windows-1251', /Дата|Сумма|Сума|Описание|Опис|Дебет|Дебит|Кредит|Баланс|Остаток|Залишок|Салдо/],
  ['windows-1253', /Ημερομηνία|Ημ\/νία|Περιγραφή|Αιτιολογία|Ποσό|Χρέωση|Πίστωση|Υπόλοιπο/],
]
