/** Brings the heads of all catalogs and the two index files up to date: node tools/catalogs/index.js */
import { refreshCatalogs, writeIndexes } from './write.js'

refreshCatalogs()
writeIndexes()
