import { Inject, Injectable } from '@nestjs/common';
import { deadline, type LocalDate } from '#kernel';
import { Clock, type Tx } from '#platform';
import { LAW_OF_ANSWERS } from '../../discipline/commands/discipline-law.js';
import { clockOn, type LawOfAnswers } from '../../discipline/domain/law-of-answers.js';
import { answerFor, type Question, type SubjectAnswer } from '../domain/check.js';
import { type AnsweredQuestion, CHECK_CLOCK, CheckLog } from '../store/check-log.js';
import { CommitmentClosings } from '../store/commitment-closings.js';
import { Standings } from '../store/standings.js';

/** Subjects that one statement looks up; a batch of 5,000 goes alone. */
const TOGETHER = 500;
/** Rounds under way at once: while one commits its log, the next one looks up. */
const ROUNDS = 2;

export interface Checked {
  answers: readonly SubjectAnswer[];
  askedOn: LocalDate;
  /** last day for answering the hits; null where there is none */
  hitsDue: LocalDate | null;
}

interface Waiting {
  question: Question;
  resolve: (checked: Checked) => void;
  reject: (error: unknown) => void;
}

/**
 * Answers questions in rounds. Those that come while a round is under way wait for the next one and are looked up
 * and logged together: one read and one commit for all of them, while a question that comes alone waits for
 * nobody. (One read and one logged insert each cost two round trips and a commit a question: 1,100 checks/s on
 * two cores where rounds answer several thousand; bench/README.md has the figures.)
 */
@Injectable()
export class CheckDesk {
  readonly #waiting: Waiting[] = [];
  #rounds = 0;

  constructor(
    private readonly clock: Clock,
    @Inject(LAW_OF_ANSWERS) private readonly law: LawOfAnswers,
    private readonly standings: Standings,
    private readonly closings: CommitmentClosings,
    private readonly log: CheckLog,
  ) {}

  /** Resolves when the log is committed. */
  ask(question: Question): Promise<Checked> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      this.#next();
    });
  }

  /** One question by itself, logged in a transaction of the caller's: it may be answered there once for its key. */
  async askAlone(tx: Tx, question: Question): Promise<Checked> {
    const today = this.clock.today();
    const [asked] = await this.#look([question], today);
    await this.log.writeIn(tx, [asked!]);
    return { answers: asked!.answers, askedOn: today, hitsDue: asked!.hitsDue };
  }

  #next(): void {
    if (this.#rounds >= ROUNDS || this.#waiting.length === 0) return;
    this.#rounds += 1;
    const round = this.#take();
    void this.#answer(round).finally(() => {
      this.#rounds -= 1;
      this.#next();
    });
    this.#next();
  }

  #take(): Waiting[] {
    let subjects = 0;
    let count = 0;
    for (const { question } of this.#waiting) {
      subjects += question.subjects.length;
      if (count > 0 && subjects > TOGETHER) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #answer(round: readonly Waiting[]): Promise<void> {
    try {
      const today = this.clock.today();
      const asked = await this.#look(
        round.map(({ question }) => question),
        today,
      );
      await this.log.write(asked);
      for (const [index, { resolve }] of round.entries()) {
        const { answers, hitsDue } = asked[index]!;
        resolve({ answers, askedOn: today, hitsDue });
      }
    } catch (error) {
      for (const { reject } of round) reject(error);
    }
  }

  async #look(questions: readonly Question[], today: LocalDate): Promise<AnsweredQuestion[]> {
    const [standings, closings] = await Promise.all([
      this.standings.of(questions.flatMap(({ subjects }) => subjects)),
      this.closings.on(today),
    ]);
    const nothing = { actions: [], listings: [], commitments: [], incentives: [] };
    return questions.map((question) => {
      const answers = question.subjects.map((subject) =>
        answerFor(subject, standings.get(subject) ?? nothing, question, today, closings),
      );
      const hit = answers.some(({ hits }) => hits.length > 0);
      return { question, answers, askedOn: today, hitsDue: hit ? this.#dueFrom(today) : null };
    });
  }

  #dueFrom(today: LocalDate): LocalDate {
    return deadline(this.law.calendar, today, clockOn(this.law, CHECK_CLOCK, today).period);
  }
}
