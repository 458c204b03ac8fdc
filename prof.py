import cProfile,pstats,sys
sys.argv=['affil','screen','-w','hostile']
from affil.cli import main
p=cProfile.Profile()
try: p.runcall(main)
except SystemExit: pass
pstats.Stats(p).sort_stats('cumtime').print_stats(45)
