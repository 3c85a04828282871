/**
 * Values by a list of texts, for loops over many samples: it looks each text up where it stands, without joining them to
 * one text first.
 *
 * @module
 */

/** A node holds the value for the texts that lead to it. */
export interface TextTree<Value> {
  value?: Value;
  branches?: Map<string, TextTree<Value>>;
}

/** Returns the node that `texts` lead to; it is made where there is none, and then holds no value. */
export function nodeAt<Value>(tree: TextTree<Value>, texts: readonly string[]): TextTree<Value> {
  let node = tree;
  for (const text of texts) node = branchOf(node, text);
  return node;
}

/** Returns the branch of a node for one text, as {@linkcode nodeAt} does. */
export function branchOf<Value>(node: TextTree<Value>, text: string): TextTree<Value> {
  const branches = node.branches ??= new Map();
  let branch = branches.get(text);
  if (branch === undefined) branches.set(text, branch = {});
  return branch;
}
