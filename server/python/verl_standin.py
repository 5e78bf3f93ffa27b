"""A STAND-IN for `verl.trainer.main_ppo`. It trains nothing and generates nothing.

For tests and demonstrations without GPUs: it takes the same Hydra overrides and leaves behind the files that veRL leaves
behind, in their true shapes: the metrics file, the console lines, rollout dumps, checkpoints with their tracker. The
numbers are made up, except rewards, which come from the run's own reward function if VERL_STANDIN_REWARD is 1.

    PYTHONPATH=<folder of this file> python3 -m verl_standin key=value ...

Environment: VERL_FILE_LOGGER_PATH (as veRL), VERL_STANDIN_STEP_SECONDS (default 0.5), VERL_STANDIN_FAIL_AT (step),
VERL_STANDIN_REWARD (1: call the reward function).
"""

import importlib.util
import json
import math
import os
import random
import sys
import time
import uuid


def read_overrides(words):
    """The overrides as a flat dict; values stay text, quotes of Hydra's grammar are removed."""
    settings = {}
    for word in words:
        key, _, value = word.lstrip("+~").partition("=")
        if len(value) >= 2 and value[0] == value[-1] == "'":
            value = value[1:-1].replace("\\'", "'")
        settings[key] = value
    return settings


def read_problems(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def load_reward(settings):
    """The run's reward function with its keyword arguments, from whichever key this version reads."""
    prefix = "reward.custom_reward_function" if "reward.custom_reward_function.path" in settings else "custom_reward_function"
    spec = importlib.util.spec_from_file_location("custom_reward", settings[prefix + ".path"])
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    marker = prefix + ".reward_kwargs."
    kwargs = {key[len(marker):]: value for key, value in settings.items() if key.startswith(marker)}
    return getattr(module, settings[prefix + ".name"]), kwargs


def write_durably(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


class StandIn:
    def __init__(self, settings):
        self.settings = settings
        self.problems = read_problems(next(value for key, value in settings.items() if key.endswith("reward_kwargs.problems")))
        self.reward = load_reward(settings) if os.environ.get("VERL_STANDIN_REWARD") == "1" else None
        self.pause = float(os.environ.get("VERL_STANDIN_STEP_SECONDS", "0.5"))
        self.fail_at = int(os.environ.get("VERL_STANDIN_FAIL_AT", "0"))
        self.limit = int(settings["data.max_response_length"])
        self.v1 = settings.get("trainer.use_v1") == "True"
        path = os.environ.get("VERL_FILE_LOGGER_PATH")
        self.log = open(path, "w", encoding="utf-8", buffering=1) if path else None  # emptied at every start, as veRL does

    def run(self):
        total = int(self.settings["trainer.total_training_steps"])
        first = self.resumed_step() + 1
        print("STAND-IN for verl.trainer.main_ppo: this trains nothing", flush=True)
        if first == 1 and self.settings.get("trainer.val_before_train") == "True":
            self.tell(0, self.validation(0))
        for step in range(first, total + 1):
            time.sleep(self.pause)
            if step == self.fail_at:
                raise RuntimeError("failing at step %d because VERL_STANDIN_FAIL_AT asks for it" % step)
            rows = self.rollouts(step)
            metrics = self.metrics(step, rows)
            if step % int(self.settings["trainer.test_freq"]) == 0 or step == total:
                metrics.update(self.validation(step))
            if step % int(self.settings["trainer.save_freq"]) == 0 or step == total:
                self.save(step)
            self.dump(step, rows)
            self.tell(step, metrics)

    def resumed_step(self):
        if self.settings.get("trainer.resume_mode") != "auto":
            return 0
        try:
            with open(os.path.join(self.settings["trainer.default_local_dir"], "latest_checkpointed_iteration.txt"), encoding="utf-8") as tracker:
                return int(tracker.read())
        except OSError:
            return 0

    def rollouts(self, step):
        """Made-up rollouts of the step's problems, with the extra columns of the reward function."""
        batch, group = int(self.settings["data.train_batch_size"]), int(self.settings["actor_rollout_ref.rollout.n"])
        chosen = random.Random(step)
        rows = []
        for slot in range(batch):
            problem = self.problems[(step * batch + slot) % len(self.problems)]
            prompt_id = str(uuid.UUID(int=chosen.getrandbits(128)))
            for index in range(group):
                answer = problem.get("answer") or "0"
                right = chosen.random() < 0.3 + 0.5 * (1 - math.exp(-step / 10))
                text = "The stand-in made this up.\n</think>\n\\boxed{%s}" % (answer if right else "no answer")
                truth = problem["id"] if problem.get("domain") == "code" else answer
                result = {"score": 1.0 if right else 0.0}
                if self.reward is not None:
                    function, kwargs = self.reward
                    result = function(data_source="stand-in", solution_str=text, ground_truth=truth, extra_info={"id": problem["id"]}, **kwargs)
                extras = {key: value for key, value in result.items() if key != "score"}
                row = {"input": "user\n%s\nassistant\n<think>\n" % problem["problem"], "output": text, "gts": truth, "score": result["score"], "step": step}
                if self.v1:
                    row["uid"] = "%s_0_%d" % (prompt_id, index)  # since 0.9; extras are missing there
                else:
                    row.update(extras)
                rows.append((row, chosen.randint(self.limit // 8, self.limit)))
        if not self.v1:
            chosen.shuffle(rows)  # balance_batch reorders rows before 0.9
        return rows

    def metrics(self, step, rows):
        scores = [row["score"] for row, _ in rows]
        lengths = [length for _, length in rows]
        return {
            "training/global_step": step, "training/epoch": 0,
            "critic/score/mean": sum(scores) / len(scores), "critic/score/max": max(scores), "critic/score/min": min(scores),
            "response_length/mean": sum(lengths) / len(lengths), "response_length/max": max(lengths), "response_length/min": min(lengths),
            "response_length/clip_ratio": sum(length == self.limit for length in lengths) / len(lengths),
            "actor/entropy": 0.3 + 0.1 * math.exp(-step / 20), "actor/grad_norm": 0.1, "actor/ppo_kl": 0.0, "actor/pg_clipfrac": 0.0,
            "actor/lr": float(self.settings["actor_rollout_ref.actor.optim.lr"]),
            "timing_s/step": self.pause, "timing_s/gen": self.pause * 0.8,
        }

    def validation(self, step):
        return {"val-core/stand-in/acc/mean@8": 0.4 + 0.2 * (1 - math.exp(-step / 10))}

    def dump(self, step, rows):
        folder = self.settings.get("trainer.rollout_data_dir")
        if folder:
            write_durably(os.path.join(folder, "%d.jsonl" % step), "".join(json.dumps(row, ensure_ascii=False) + "\n" for row, _ in rows))

    def save(self, step):
        folder = self.settings["trainer.default_local_dir"]
        write_durably(os.path.join(folder, "global_step_%d" % step, "STAND-IN.txt"), "no model was trained\n")
        tracker = os.path.join(folder, "latest_checkpointed_iteration.txt")
        # veRL writes it in place, in no time; here a slow disk would leave it empty for long enough to be stopped in between.
        write_durably(tracker + ".writing", str(step))
        os.replace(tracker + ".writing", tracker)

    def tell(self, step, metrics):
        if self.log:
            self.log.write(json.dumps({"step": step, "data": metrics}) + "\n")
        shown = " - ".join("%s:%s" % (key, "np.float64(%r)" % value if isinstance(value, float) else value) for key, value in metrics.items())
        print("\x1b[36m(TaskRunner pid=%d)\x1b[0m step:%d - %s" % (os.getpid(), step, shown), flush=True)


if __name__ == "__main__":
    StandIn(read_overrides(sys.argv[1:])).run()
