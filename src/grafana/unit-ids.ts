/** The units that Grafana knows, by the ids that dashboards hold (Grafana 13.2: packages/grafana-data/src/valueFormats/categories.ts). */
const ids = new Set(`
Bps EHs GBs GHs Gbits GiBs Gibits Hs KBs KHs Kbits KiBs Kibits MBs MHs Mbits MiBs Mibits Mohm Nm3 PBs PHs Pbits PiBs Pibits TBs THs Tbits TiBs Tibits
Wm2 accFS2 accG accMS2 acres amp amph arcmin arcsec areaF2 areaM2 areaMI2 binBps binbps bits bool bool_on_off bool_yes_no bps bytes candela celsius
clockms clocks congNm3 congm3 conmgNm3 conmgdL conmgm3 conmmolL conngNm3 conngm3 conppb conμgNm3 conμgm3 cpm cps currencyBGN currencyBRL currencyBTC
currencyCHF currencyCZK currencyDKK currencyEUR currencyGBP currencyIDR currencyILS currencyINR currencyISK currencyJPY currencyKRW currencyMYR
currencyNOK currencyPHP currencyPLN currencyPYG currencyRUB currencySEK currencyTRY currencyUAH currencyUSD currencyUYU currencyVND currencyXPF
currencyZAR currencymBTC currencyμBTC d dB dBm dateTimeAsIso dateTimeAsIsoNoDateIfToday dateTimeAsLocal dateTimeAsLocalNoDateIfToday dateTimeAsSystem
dateTimeAsUS dateTimeAsUSNoDateIfToday dateTimeFromNow decbits decbytes decgbytes deckbytes decmbytes decpbytes dectbytes degree dm3 dtdhms
dtdurationms dtdurations dthms eflops epm eps ev fahrenheit farad farenheit ffarad flops flowcfm flowcfs flowcms flowgpm flowlpm flowmlpm forceN
forceNm forcekN forcekNm gallons gbytes gflops grad gwatt h hectares henry hertz hex hex0x humidity iops joule kamp kamph kbytes kelvin kohm kvolt
kvoltamp kvoltampreact kwatt kwatth kwattm lengthcm lengthft lengthin lengthkm lengthm lengthmi lengthmm litre litreh locale lumens lux m m3 mamp
mamph massg masskg masslb massmg masst mbytes megwatt mflops mhenry mlitre mohm mpm mps ms mvolt mwatt mwatth nfarad none ns ohm opm ops pbytes
percent percentunit pfarad pflops pixel ppm pps pressurebar pressurehg pressurehpa pressurekbar pressurekpa pressurembar pressurepa pressurepsi radbq
radci radexpckg radgy radian radmsv radmsvh radr radrad radrem radsv radsvh radusv radusvh recpm recps reqpm reqps rotdegs rotghz rothz rotkhz rotmhz
rotrads rotrpm rowspm rowsps rpm rps s sci short sishort string tbytes tflops timeticks velocitykmh velocityknot velocitymph velocityms volt voltamp
voltampreact watt watth watthperkg wpm wps yflops zflops µfarad µhenry µs
`.trim().split(/\s+/))

/**
 * What a text that is no unit of Grafana was probably meant to be; `undefined` for a unit, and for a text that may be
 * meant as it is: Grafana writes what it does not know behind the number (valueFormats.ts, getValueFormat), and offers
 * to, so that `req/s` is as good as any. Meant is the unit that it differs from by upper and lower case, by spaces, or
 * by one letter of a long name; not by a plural.
 */
export function meantUnit(text: string): string | undefined {
  // `suffix:`, `prefix:`, `time:`, `si:`, `count:`, `currency:`, `bool:`, and currencies of other versions.
  if (ids.has(text) || text.includes(':') || text.startsWith('currency') || /[$[{]/.test(text)) return undefined
  const plain = text.replace(/\s/g, '').toLowerCase()
  if (plain.length < 4) return undefined
  const alike = byLowerCase.get(plain)
  if (alike !== undefined) return alike
  return plain.length < 7 ? undefined : [...ids].find((id) => id.length >= 7 && differByOneLetter(plain, id.toLowerCase()))
}

const byLowerCase = new Map([...ids].filter((id) => id.length >= 4).map((id) => [id.toLowerCase(), id]))

function differByOneLetter(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || `${a}s` === b || `${b}s` === a) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return Math.max(a.length, b.length) - start - end === 1
}
