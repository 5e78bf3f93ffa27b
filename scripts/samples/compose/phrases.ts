/** Turns of phrase of a thinking policy. They only join the seeds' own working; the content comes from there. */
export const openings = [
  'Okay, let me read this carefully.', 'Alright, what is being asked here?', 'Let me think about this one.', 'So we need to work this out.', 'First, let me restate the task in my own words.',
  'Hmm, let me start with what is given.', 'Okay, so here is the problem.', 'Let me take this step by step.', 'I have seen similar questions; let me do this one properly.', 'Let me see what the structure is.',
] as const;

export const connectors = ['', '', '', '', 'Next: ', 'Okay. ', 'Right. ', 'Good. ', 'Continuing. ', 'Let me write it down. ', 'Here is the point. ', 'Hmm. ', 'One thing after the other. '] as const;

export const firstIdeas = ['My first idea:', 'A quick attempt first.', 'Let me try the obvious way.', 'One way to go about it:', 'Just to get going:', 'The naive approach would be this.'] as const;

export const objections = ['Wait,', 'Hold on,', 'Hmm, but', 'No, that cannot be right:', 'But then', 'Actually,', 'Let me stop here:'] as const;

export const doubtLeads = ['Let me double-check.', 'I want to be sure about this.', 'Before I answer, a sanity check.', 'Hmm, is that really right?', 'Let me verify this in another way.', 'A numerical look cannot hurt.', 'I could have slipped somewhere, so let me test it.', 'Let me look at it from another side.', 'To be safe, some more checking.', 'Let me not trust the formula blindly.', 'One more pass over it.', 'I am not fully convinced yet.'] as const;

export const doubtReasons = ['Signs are where I usually go wrong.', 'Edge cases deserve a look.', 'An off-by-one would be easy to make here.', 'The numbers are small enough to do by hand.', 'If the result is right, a table should show it.', 'It costs little to go on with the table.', 'There may be a case I have not thought of.', 'I should see the same value come out.', 'The argument was short, which makes me suspicious.', 'A pattern may show up.', 'I can compare this with what I found above.', 'Maybe I misread a condition.'] as const;

export const verdicts = ['That agrees with what I have.', 'This looks consistent.', 'Fine so far, nothing contradicts it.', 'Good, the picture is the same.', 'I do not see a contradiction.', 'Okay, this supports the result.', 'So the behaviour is as expected.', 'That settles this part for me.', 'The trend is clear from these lines.', 'Nothing unexpected in these.', 'Hmm, okay, this fits.', 'I see the same thing again.'] as const;

export const rereads = ['Going back over the argument, the step I should look at is this one:', 'Let me re-read one step:', 'The part that carries the weight is:', 'Once more, slowly:', 'I would like to see this step again:', 'The crucial line was:'] as const;

export const rereadEnds = ['Yes, that holds.', 'I still agree with it.', 'That is right as it stands.', 'Fine.', 'It follows directly from what is given.', 'No gap there that I can see.'] as const;

export const conclusions = ['So the answer is', 'Therefore I get', 'That gives', 'So I end up with', 'Everything points to', 'I am going with'] as const;

export const closings = ['I am confident enough; let me write the answer.', 'That should be it. Time to write it up.', 'Okay, writing the final answer now.', 'Good. Now the final answer.', 'Let me put this together.'] as const;

export const retellings = ['Let me retell the whole argument as if to somebody else.', 'In short, from the beginning:', 'If I had to explain it in three lines:', 'Summing up what I have:'] as const;
