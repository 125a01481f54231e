"""World knowledge, compiled into data files that cover the world: places, states, actors, outlets.

Each file under ``variorum/data`` names its sources and licences in ``LICENSES-DATA.md``; no place, person or group is
special in code.
"""
