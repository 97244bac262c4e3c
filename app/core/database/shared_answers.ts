/**
 * Lets simultaneous callers share an answer without giving anybody an old one:
 * who comes while a question is being asked waits for the next answer, together
 * with everybody else who came meanwhile.
 */
export class SharedAnswers<T> {
  readonly #running = new Map<string, { answer: Promise<T>; next?: Promise<T> }>()

  ask(key: string, question: () => Promise<T>): Promise<T> {
    const running = this.#running.get(key)
    if (!running) return this.#start(key, question)

    const start = () => this.#start(key, question)
    running.next ??= running.answer.then(start, start)
    return running.next
  }

  #start(key: string, question: () => Promise<T>) {
    const running = { answer: question() }
    this.#running.set(key, running)
    const end = () => {
      if (this.#running.get(key) === running) this.#running.delete(key)
    }
    running.answer.then(end, end)
    return running.answer
  }
}
