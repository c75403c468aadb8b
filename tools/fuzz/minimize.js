/**
 * The smallest text that can be had from one by leaving out stretches, ever shorter ones, while `fails` holds of it.
 * `fails` is asked at most `most` times.
 */
export async function minimized(text, fails, most = 300) {
  let smallest = text
  let asked = 0
  for (let size = Math.ceil(text.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < smallest.length && asked < most;) {
      const shorter = smallest.slice(0, at) + smallest.slice(at + size)
      asked++
      if (await fails(shorter)) smallest = shorter
      else at += size
    }
  }
  return smallest
}
