"""The exports of press databases: one file of many articles, which its marks tell."""
