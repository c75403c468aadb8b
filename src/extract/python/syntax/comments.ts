import { parser } from '@lezer/python'
import { foundComment, type Commenting, type FoundComment } from '../../../text/comments.js'

/** The comments of a module; what looks like one in a string is none. */
export function pythonComments(text: string): Commenting {
  const comments: FoundComment[] = []
  parser.parse(text).iterate({
    enter({ name, from, to }) {
      if (name === 'Comment') comments.push(foundComment(text, { start: from, end: to }, /^#+/))
    },
  })
  return { comments }
}
