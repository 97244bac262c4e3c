/**
 * The beginnings of months' names without accents, as banks of Europe abbreviate
 * them, in their languages of Latin letters but Croatian, whose `listopad` is the
 * month before the Polish one and whose `lipanj` the one before `lipiec`: such
 * names are read where only one language can have written them.
 */
const MONTHS = [
  'jan gen ene ian sty ledn lede tammi ocak',
  'feb fev lut uno helmi sub',
  'mar maa mrt mae mrz brez',
  'apr avr abr kwi dub huhti nis',
  'may mai mei mag maj kve touko',
  'jun juin giu iun cze cervn cerven kesa haz',
  'jul juil lug iul lipc lipi cervenc cervenec heina tem',
  'aug aou ago sie srpna srpen elo agu',
  'sep set sze wrz zar syys eyl',
  'oct okt ott out paz rij loka eki',
  'nov noi listopadu marras kas',
  'dec dez dic des gru pros joulu ara',
].map((names) => names.split(' '))

/** The month from 1 to 12 whose name begins so, by the longest beginning that is known; else 0. */
export function monthNamed(name: string): number {
  const plain = name.toLowerCase().normalize('NFKD').replaceAll('ı', 'i').replace(/\p{M}/gu, '')
  const longest = MONTHS.map((names) =>
    Math.max(0, ...names.filter((start) => plain.startsWith(start)).map(({ length }) => length))
  )
  const best = Math.max(...longest)
  return best === 0 ? 0 : longest.indexOf(best) + 1
}
