/** Names so common that a call of them on an unknown object tells nothing. */
export const commonNames = new Set((
  'get set add update pop items keys values append extend insert remove clear copy join format split strip replace ' +
  'run start stop close open read write send recv call apply init setup execute process handle main delay submit put ' +
  'create delete save load dump dumps loads find count index sort reverse wait acquire release connect disconnect ' +
  'register unregister info debug warning error exception critical log collect observe inc dec labels time state ' +
  'match search group sub encode decode lower upper keys next iter reset flush __init__ __call__ __enter__ __exit__'
).split(' '))
