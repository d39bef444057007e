"""`report.html` and `summary.html`: files that need nothing beside them, made from the tables a run publishes.

`report.write_report` and `summary.write_summary` are the ways in. `facts` says what they are told, `queries` shapes
rows in SQL, `words` says times and numbers as people do, `pictures` places what is drawn, `disclosure` keeps small
numbers from the summary, `page` fills the template.
"""
