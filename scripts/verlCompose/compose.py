"""Composes Hydra overrides on veRL's own configuration and prints the values they ended up with.

    compose.py <folder with verl/> < {"overrides": [...], "keys": [...]}

Only veRL's YAML files are used: nothing of veRL is imported, so neither torch nor a GPU is needed.
"""

import json
import os
import sys

from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf


def main():
    request = json.load(sys.stdin)
    folder = os.path.join(os.path.abspath(sys.argv[1]), "verl", "trainer", "config")
    with initialize_config_dir(version_base=None, config_dir=folder):
        config = compose(config_name="ppo_trainer", overrides=request["overrides"])
    json.dump({key: OmegaConf.select(config, key) for key in request["keys"]}, sys.stdout, default=OmegaConf.to_container)


main()
