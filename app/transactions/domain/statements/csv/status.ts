const BOOKED = words(
  `gebucht umsatzgebucht booked posted completed complete cleared settled executed success successful
   ausgefuhrt abgeschlossen erfolgreich termine effectue comptabilise realise completado contabilizado
   realizado contabilizzato eseguito completato voltooid verwerkt uitgevoerd geboekt wykonana
   zrealizowana rozliczona zaksiegowana udfort bokford bogfort gennemfort toteutunut reconciled
   ok 交易成功 支付成功 已转账 对方已收钱 已存入零钱 提现已到账 充值完成`
)
const UNBOOKED = words(
  `pending vorgemerkt umsatzvorgemerkt offen ausstehend inbearbeitung nichtgebucht notbooked reverted
   failed declined denied canceled cancelled expired rejected voided onhold held authorised authorized
   autorizzato abgebrochen fehlgeschlagen abgelehnt ruckgangiggemacht enattente refuse echoue annule
   annulee pendiente pendente rechazado cancelado inattesa annullato inbehandeling afgewezen
   geannuleerd oczekujaca odrzucona anulowana venter reserveret reserverad reservert odottaa
   交易关闭 等待付款 支付失败`
)

/** Whether a bank's word for the state of a row says that it is booked; undefined when it is unknown. */
export function bookingOf(cell: string): boolean | undefined {
  const word = cell
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll('ø', 'o')
    .replace(/[^\p{L}]/gu, '')
  if (BOOKED.has(word)) return true
  return UNBOOKED.has(word) ? false : undefined
}

function words(list: string): Set<string> {
  return new Set(list.split(/\s+/))
}
