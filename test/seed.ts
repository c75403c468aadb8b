import fc from 'fast-check'

/** Every run generates the same inputs, so that a change fails on what it did; `FAST_CHECK_SEED` asks for others. */
fc.configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED'] ?? 1) })
